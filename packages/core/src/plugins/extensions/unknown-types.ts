import type { SettingsProblem } from '../../domain/config/settings-problem.js';
import { listPackages, type PluginPlace } from '../packages/find-packages.js';
import type { PluginManifest } from '../packages/manifest.js';
import { claimsToBePlugin, readManifest } from '../packages/read-manifest.js';
import type { UnknownEntry, Wording } from './match-entries.js';
import type { TypeTable } from './type-table.js';

/** Says for each entry of a type that nobody has which plugin to enable, or which types there are. */
export async function explainUnknownTypes(
  unknown: readonly UnknownEntry[],
  types: TypeTable,
  places: readonly PluginPlace[],
  wording: Wording,
): Promise<readonly SettingsProblem[]> {
  if (unknown.length === 0) return [];
  const installed = await installedManifests(places);
  return unknown.map(({ section: { point, key }, index, entry: { type } }) => {
    const having = installed.find(({ contributes }) =>
      contributes.some((one) => one.point === point && one.type === type),
    );
    const known = types.typesOf(point);
    const none = 'enable a plugin that has it; no enabled one adds a type here';
    const guess = known.length === 0 ? none : wording.suggest(type, known);
    return {
      path: [key, index, 'type'],
      atKey: false,
      message: `unknown type "${type}"`,
      suggestion: having === undefined ? guess : `add "- package: ${quoted(having.package)}" to plugins`,
    };
  });
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
