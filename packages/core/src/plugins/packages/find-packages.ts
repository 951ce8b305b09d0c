import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPackageName } from './package-name.js';

export type PackageOrigin = 'data_directory' | 'bundled';

/** A `node_modules` folder that plugins are looked for in. */
export interface PluginPlace {
  readonly folder: string;
  readonly origin: PackageOrigin;
}

export interface FoundPackage {
  readonly name: string;
  /** Where it really lies: workspaces and `npm link` put a link into `node_modules`. */
  readonly folder: string;
  readonly origin: PackageOrigin;
}

/** In the order of the search: what the administrator installed, then what was delivered with this program. */
export function pluginPlaces(dataDir: string | undefined): readonly PluginPlace[] {
  const places: PluginPlace[] = [];
  if (dataDir !== undefined) {
    places.push({ folder: join(dataDir, 'plugins', 'node_modules'), origin: 'data_directory' });
  }
  let folder = dirname(fileURLToPath(import.meta.url));
  for (; folder !== dirname(folder); folder = dirname(folder)) {
    places.push({ folder: join(folder, 'node_modules'), origin: 'bundled' });
  }
  return places;
}

/** The first package of that name; undefined where no place has it, or the name is none. */
export async function findPackage(name: string, places: readonly PluginPlace[]): Promise<FoundPackage | undefined> {
  if (!isPackageName(name)) return undefined;
  for (const { folder, origin } of places) {
    const path = join(folder, name);
    if (await isFile(join(path, 'package.json'))) return { name, folder: await realpath(path), origin };
  }
  return undefined;
}

/** Every package of the places; the first of a name hides the others. */
export async function listPackages(places: readonly PluginPlace[]): Promise<readonly FoundPackage[]> {
  const found = new Map<string, FoundPackage>();
  for (const place of places) {
    for (const name of await packageNames(place.folder)) {
      if (found.has(name)) continue;
      const one = await findPackage(name, [place]);
      if (one !== undefined) found.set(name, one);
    }
  }
  return [...found.values()];
}

async function packageNames(folder: string): Promise<readonly string[]> {
  const names = await namesIn(folder);
  const scoped = await Promise.all(
    names
      .filter((name) => name.startsWith('@'))
      .map(async (scope) => (await namesIn(join(folder, scope))).map((name) => `${scope}/${name}`)),
  );
  return [...names.filter((name) => !name.startsWith('@')), ...scoped.flat()].filter(isPackageName).sort();
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    // a place that is not there holds nothing
    return [];
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
