import { pathToFileURL } from 'node:url';
import { DanubeError, isDanubeError, type Plugin } from '@danube/plugin-api';
import { firstLine } from '../guard/foreign-errors.js';
import type { PluginContexts } from '../guard/plugin-contexts.js';
import { withinLimit } from '../guard/within-limit.js';
import type { PluginLimits } from '../limits.js';
import type { PluginManifest } from '../packages/manifest.js';
import { checkDescription } from './check-description.js';
import type { LoadedPlugin } from './loaded-plugin.js';
import { defaultExport } from './plugin-description.js';
import { probePlugin } from './probe.js';
import { takePlugin } from './take-plugin.js';

/**
 * Loads a plugin whose manifest fits this core: first into a process of its own, and only what passes there into this one.
 * @throws DanubeError saying what is wrong with it; the signal's reason
 */
export async function loadPlugin(
  manifest: PluginManifest,
  contexts: PluginContexts,
  limits: PluginLimits,
  signal: AbortSignal,
): Promise<LoadedPlugin> {
  const { package: name, id, contributes, capabilities } = manifest;
  const promised = { name, id, contributes, secrets: capabilities.secrets };
  checkDescription(await probePlugin(manifest, limits, signal), promised);
  const value = await importPlugin(manifest, contexts, limits, signal);
  try {
    return takePlugin(value, { ...manifest, secrets: promised.secrets });
  } catch (error) {
    // it is something else here than it was there
    throw isDanubeError(error) ? error : importFailed(manifest, error);
  }
}

async function importPlugin(
  manifest: PluginManifest,
  contexts: PluginContexts,
  limits: PluginLimits,
  signal: AbortSignal,
): Promise<Plugin> {
  const url = pathToFileURL(manifest.entry).href;
  const where = { plugin: manifest.id, point: 'none', method: 'import' };
  const work = () => contexts.run(where, () => import(url) as Promise<{ readonly default?: unknown }>);
  try {
    return defaultExport(await withinLimit(work, limits.importMs, signal)) as Plugin;
  } catch (error) {
    signal.throwIfAborted();
    throw importFailed(manifest, error);
  }
}

function importFailed({ package: name, version }: PluginManifest, error: unknown): DanubeError {
  const message = `${name} ${version} cannot be loaded into the server: ${firstLine(error)}`;
  return new DanubeError('plugin_import_failed', message, { category: 'invalid', cause: error });
}
