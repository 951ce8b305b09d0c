import { isDanubeError } from '@danube/plugin-api';
import { TypeTable } from '../extensions/type-table.js';
import type { PluginLimits } from '../limits.js';
import { checkDescription } from '../loading/check-description.js';
import type { LoadedPlugin } from '../loading/loaded-plugin.js';
import { probePlugin } from '../loading/probe.js';
import { checkCompatibility } from '../packages/check-compatibility.js';
import { type FoundPackage, listPackages, type PackageOrigin, type PluginPlace } from '../packages/find-packages.js';
import type { PluginManifest } from '../packages/manifest.js';
import { claimsToBePlugin, readManifest } from '../packages/read-manifest.js';
import { runConformance } from './run-conformance.js';

export interface PluginCheck {
  readonly check: 'manifest' | 'compatibility' | 'types' | 'code' | 'conformance';
  /** `none`: the plugin brings no samples to be checked with. */
  readonly result: 'ok' | 'failed' | 'none';
  /** For people: what was found, or why it failed; one a line. */
  readonly remarks: readonly string[];
}

export interface CheckedPlugin {
  readonly package: string;
  /** Undefined where the manifest could not be read. */
  readonly version: string | undefined;
  readonly origin: PackageOrigin;
  /** In the order in which they were made; one that fails is the last. */
  readonly checks: readonly PluginCheck[];
}

export interface CheckOptions {
  readonly places: readonly PluginPlace[];
  readonly builtIns: readonly LoadedPlugin[];
  readonly apiVersion: string;
  readonly limits: PluginLimits;
  /** Module of this core's conformance kits. */
  readonly kitUrl: string;
  readonly conformanceMs: number;
}

/** Checks every installed plugin, enabled or not, as far as it gets; runs nothing of it in this process. */
export async function* checkInstalled(
  options: CheckOptions,
  begin: (name: string) => void,
): AsyncGenerator<CheckedPlugin> {
  const types = new TypeTable();
  for (const plugin of options.builtIns) types.add(plugin);
  for (const found of await listPackages(options.places)) {
    if (!(await claimsToBePlugin(found))) continue;
    begin(found.name);
    yield await checkOne(found, types, options);
  }
}

async function checkOne(found: FoundPackage, types: TypeTable, options: CheckOptions): Promise<CheckedPlugin> {
  const checks: PluginCheck[] = [];
  let manifest: PluginManifest | undefined;
  const attempt = async (check: PluginCheck['check'], work: () => Promise<readonly string[]> | readonly string[]) => {
    try {
      checks.push({ check, result: 'ok', remarks: await work() });
      return true;
    } catch (error) {
      if (!isDanubeError(error)) throw error;
      checks.push({ check, result: 'failed', remarks: [error.message] });
      return false;
    }
  };
  const passed = await attempt('manifest', async () => {
    manifest = await readManifest(found);
    return manifest.contributes.map(({ point, type }) => `${point} ${type}`);
  });
  if (passed && manifest !== undefined) await checkManifest(manifest, types, options, attempt, checks);
  return { package: found.name, version: manifest?.version, origin: found.origin, checks };
}

type Attempt = (
  check: PluginCheck['check'],
  work: () => Promise<readonly string[]> | readonly string[],
) => Promise<boolean>;

async function checkManifest(
  manifest: PluginManifest,
  types: TypeTable,
  options: CheckOptions,
  attempt: Attempt,
  checks: PluginCheck[],
): Promise<void> {
  const { apiRange, id, contributes, capabilities, package: name } = manifest;
  const { apiVersion, limits } = options;
  const fits = await attempt('compatibility', () => {
    checkCompatibility(manifest, apiVersion);
    return [`${apiRange} holds ${apiVersion}`];
  });
  if (!fits) return;
  const isAlone = await attempt('types', () => {
    types.reserve(manifest);
    return [];
  });
  if (!isAlone) return;
  const loads = await attempt('code', async () => {
    const description = await probePlugin(manifest, limits, new AbortController().signal);
    checkDescription(description, { name, id, contributes, secrets: capabilities.secrets });
    return [];
  });
  if (loads) checks.push(await checkConformance(manifest, options));
}

async function checkConformance(
  manifest: PluginManifest,
  { kitUrl, conformanceMs }: CheckOptions,
): Promise<PluginCheck> {
  if (manifest.conformance === undefined) {
    return { check: 'conformance', result: 'none', remarks: ['it brings no samples to be checked with'] };
  }
  const { checks, problems } = await runConformance(manifest, manifest.conformance, kitUrl, conformanceMs);
  const failed = problems.length > 0;
  return {
    check: 'conformance',
    result: failed ? 'failed' : 'ok',
    remarks: failed ? problems : [`${checks} checks`],
  };
}
