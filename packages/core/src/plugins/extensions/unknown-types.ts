import type { ExtensionPoint } from '@danube/plugin-api';
import type { SettingsProblem } from '../../domain/config/settings-problem.js';
import { listPackages, type PluginPlace } from '../packages/find-packages.js';
import { type PluginManifest, promises } from '../packages/manifest.js';
import { claimsToBePlugin, readManifest } from '../packages/read-manifest.js';
import type { EnabledPlugins, FailedPlugin } from './enabled-plugins.js';
import type { OrphanedEntry, UnknownEntry, Wording } from './match-entries.js';

export interface JudgedEntries {
  /** Those that may belong to an enabled plugin whose manifest nobody can read. */
  readonly orphaned: readonly OrphanedEntry[];
  /** The others: which plugin to enable, or which types there are. */
  readonly problems: readonly SettingsProblem[];
}

/**
 * Says of each entry of a type that no readable enabled plugin has whose it is. Where the settings were in force before, a
 * plugin that cannot be read is always the likelier cause than a mistake in them.
 */
export async function judgeUnknownTypes(
  unknown: readonly UnknownEntry[],
  enabled: EnabledPlugins,
  places: readonly PluginPlace[],
  wording: Wording,
  checkedBefore: boolean,
): Promise<JudgedEntries> {
  if (unknown.length === 0) return { orphaned: [], problems: [] };
  const installed = await installedManifests(places);
  const unreadable = enabled.failed.filter(({ manifest }) => manifest === undefined);
  const orphaned: OrphanedEntry[] = [];
  const problems: SettingsProblem[] = [];
  for (const { section, index, entry } of unknown) {
    const { point, key } = section;
    const { type } = entry;
    const having = installed.find((manifest) => promises(manifest, point, type));
    const known = knownTypes(enabled, point);
    const isMistake = having !== undefined || isMisspelt(type, known, unreadable, wording);
    if (unreadable.length > 0 && (checkedBefore || !isMistake)) {
      orphaned.push({ section, entry, plugins: unreadable });
      continue;
    }
    const none = 'enable a plugin that has it; no enabled one adds a type here';
    const guess = known.length === 0 ? none : wording.suggest(type, known);
    problems.push({
      path: [key, index, 'type'],
      atKey: false,
      message: `unknown type "${type}"`,
      suggestion: having === undefined ? guess : `add "- package: ${quoted(having.package)}" to plugins`,
    });
  }
  return { orphaned, problems };
}

/** Types that work, and those of plugins that failed but said what they have. */
function knownTypes({ types, failed }: EnabledPlugins, point: ExtensionPoint): readonly string[] {
  const promised = failed.flatMap(({ manifest }) => manifest?.contributes.filter((one) => one.point === point) ?? []);
  return [...types.typesOf(point), ...promised.map(({ type }) => type)];
}

/** Names of forges are near to each other: what begins like an unreadable plugin is called is no slip. */
function isMisspelt(
  type: string,
  known: readonly string[],
  unreadable: readonly FailedPlugin[],
  wording: Wording,
): boolean {
  const shortName = (name: string) => name.replace(/^.*plugin-|^.*\//, '');
  if (unreadable.some(({ entry }) => type.startsWith(shortName(entry.package)))) return false;
  return wording.closest(type, known) !== undefined;
}

/** YAML reads a bare `@` as an error. */
function quoted(name: string): string {
  return name.startsWith('@') ? `'${name}'` : name;
}

async function installedManifests(places: readonly PluginPlace[]): Promise<readonly PluginManifest[]> {
  const manifests: PluginManifest[] = [];
  for (const found of await listPackages(places)) {
    if (!(await claimsToBePlugin(found))) continue;
    const manifest = await readManifest(found).catch(() => undefined);
    if (manifest !== undefined) manifests.push(manifest);
  }
  return manifests;
}
