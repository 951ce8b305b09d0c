import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DanubeError, extensionPoints } from '@danube/plugin-api';
import { entryPoint, pathWithin } from './entry-point.js';
import type { FoundPackage } from './find-packages.js';
import type { PluginManifest } from './manifest.js';
import { manifestProblems, type PackageFile } from './manifest-schema.js';

export const pluginKeyword = 'danube-plugin';
const apiPackage = '@danube/plugin-api';
/** Some times more than any has; Node.js itself would read a larger one whole, and may die of it. */
const largestPackageFile = 1024 * 1024;

/**
 * Reads what a package says about itself and runs nothing of it.
 * @throws DanubeError `plugin_manifest_invalid` (invalid) with all that is wrong, or that it is no plugin at all
 */
export async function readManifest(found: FoundPackage): Promise<PluginManifest> {
  const { name, folder, origin } = found;
  const value = await readPackageFile(found);
  if (!isPluginPackage(value)) {
    throw invalid(name, [`it is not a Danube plugin: package.json has no keyword "${pluginKeyword}"`]);
  }
  const problems = manifestProblems(value);
  if (problems.length > 0) throw invalid(name, problems);
  const file = value as PackageFile;
  const { id, contributes, capabilities, conformance } = file.danube;
  const entry = entryPoint(folder, file);
  const apiRange = file.peerDependencies?.[apiPackage];
  const conformancePath = conformance === undefined ? undefined : pathWithin(folder, conformance);
  if (file.name !== name) throw invalid(name, [`package.json names another package, "${file.name}"`]);
  if (entry === undefined) throw invalid(name, ['package.json names no module within the package: set "exports"']);
  if (conformance !== undefined && conformancePath === undefined) {
    throw invalid(name, ['danube.conformance lies outside of the package']);
  }
  return {
    package: name,
    version: file.version,
    folder,
    origin,
    id,
    entry,
    apiRange,
    contributes: extensionPoints.flatMap((point) => (contributes[point] ?? []).map((type) => ({ point, type }))),
    capabilities: { secrets: capabilities?.secrets ?? false, network: capabilities?.network ?? false },
    conformance: conformancePath,
  };
}

/** Whether a package calls itself a plugin, or may be one: it was installed as such, and its package.json cannot be read. */
export async function claimsToBePlugin(found: FoundPackage): Promise<boolean> {
  try {
    return isPluginPackage(await readPackageFile(found));
  } catch {
    return found.origin === 'data_directory';
  }
}

async function readPackageFile({ name, folder }: FoundPackage): Promise<unknown> {
  const path = join(folder, 'package.json');
  try {
    const { size } = await stat(path);
    if (size > largestPackageFile) throw new Error(`it has ${size} bytes, and at most ${largestPackageFile} are read`);
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch (error) {
    throw invalid(name, [`package.json cannot be read: ${(error as Error).message}`]);
  }
}

function isPluginPackage(value: unknown): boolean {
  const keywords = (value as { readonly keywords?: unknown } | null)?.keywords;
  return Array.isArray(keywords) && keywords.includes(pluginKeyword);
}

function invalid(name: string, problems: readonly string[]): DanubeError {
  const message = `the manifest of ${name} is not accepted: ${problems.join('; ')}`;
  return new DanubeError('plugin_manifest_invalid', message, { category: 'invalid', details: { problems } });
}
