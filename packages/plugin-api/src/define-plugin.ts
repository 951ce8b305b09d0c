import type { Builder } from './builder.js';
import { contributionProblem } from './check-contribution.js';
import type { Contribution, PluginInstance } from './contribution.js';
import { DanubeError } from './errors.js';
import type { Forge } from './forge.js';
import type { GitAuthMethod } from './git-auth-method.js';
import type { Notifier } from './notifier.js';
import type { Storage } from './storage.js';

/** The extension points, as their sections are named in a plugin. */
export const extensionPoints = ['forges', 'gitAuthMethods', 'notifiers', 'builders', 'storages'] as const;
/** One of {@link extensionPoints}. */
export type ExtensionPoint = (typeof extensionPoints)[number];

/** What the contributions of each extension point make. */
export interface InstanceOf {
  readonly forges: Forge;
  readonly gitAuthMethods: GitAuthMethod;
  readonly notifiers: Notifier;
  readonly builders: Builder;
  readonly storages: Storage;
}

/** A plugin as a value: what it adds to each extension point. */
export type Plugin = {
  /** Lower-case letters, digits and `-`, as in the manifest's `danube.id`. */
  readonly id: string;
} & { readonly [Point in ExtensionPoint]?: readonly Contribution<never, InstanceOf[Point]>[] };

const idPattern = /^[a-z][a-z0-9-]*$/;
const known: ReadonlySet<string> = new Set(['id', ...extensionPoints]);

/**
 * Checks and freezes a plugin's default export. It runs nothing of the plugin and does no I/O.
 * @throws DanubeError `plugin_invalid` (invalid) naming the member that is wrong and what is accepted.
 */
export function definePlugin(plugin: Plugin): Plugin {
  if (typeof plugin.id !== 'string' || !idPattern.test(plugin.id))
    throw invalid(`plugin id "${plugin.id}" must match ${idPattern.source}`);
  const unknown = Object.keys(plugin).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw invalid(`${plugin.id} has the unknown member "${unknown}"; known: ${[...known].join(', ')}`);
  for (const point of extensionPoints) {
    const contributions: unknown = contributionsOf(plugin, point);
    if (!Array.isArray(contributions)) throw invalid(`${plugin.id}: ${point} is not a list`);
    const seen = new Set<string>();
    for (const contribution of contributions as readonly Contribution<never>[]) {
      const problem = contributionProblem(contribution, plugin.id);
      if (problem !== undefined) throw invalid(`${plugin.id}: ${point} ${problem}`);
      if (seen.has(contribution.type))
        throw invalid(`${plugin.id}: ${point} type "${contribution.type}" is declared twice`);
      seen.add(contribution.type);
    }
  }
  return Object.freeze({ ...plugin });
}

/** All that a plugin adds to one extension point. */
export function contributionsOf(plugin: Plugin, point: ExtensionPoint): readonly Contribution<never, PluginInstance>[] {
  return plugin[point] ?? [];
}

function invalid(message: string): DanubeError {
  return new DanubeError('plugin_invalid', message, { category: 'invalid' });
}
