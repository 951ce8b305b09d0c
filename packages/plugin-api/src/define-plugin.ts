import type { Builder } from './builder.js';
import type { Contribution, PluginInstance } from './contribution.js';
import { DanubeError } from './errors.js';
import type { Forge } from './forge.js';
import type { GitAuthMethod } from './git-auth-method.js';
import type { Notifier } from './notifier.js';
import type { Storage } from './storage.js';

/** The extension points, as their sections are named in a plugin. */
export const extensionPoints = ['forges', 'gitAuthMethods', 'notifiers', 'builders', 'storages'] as const;
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
const typePattern = /^[a-z][a-z0-9_-]*$/;

/**
 * Checks and freezes a plugin's default export. It runs nothing of the plugin and does no I/O.
 * @throws DanubeError `plugin_invalid` (invalid) naming the member that is wrong and what is accepted.
 */
export function definePlugin(plugin: Plugin): Plugin {
  if (!idPattern.test(plugin.id)) throw invalid(`plugin id "${plugin.id}" must match ${idPattern.source}`);
  for (const point of extensionPoints) {
    const seen = new Set<string>();
    for (const { type } of contributionsOf(plugin, point)) {
      if (!typePattern.test(type))
        throw invalid(`${plugin.id}: ${point} type "${type}" must match ${typePattern.source}`);
      if (seen.has(type)) throw invalid(`${plugin.id}: ${point} type "${type}" is declared twice`);
      seen.add(type);
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
