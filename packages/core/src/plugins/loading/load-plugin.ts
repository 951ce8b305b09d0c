import { pathToFileURL } from 'node:url';
import { DanubeError, type Plugin } from '@danube/plugin-api';
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
  return takePlugin(await importPlugin(manifest, contexts, limits, signal), { ...manifest, secrets: promised.secrets });
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
    const why = error instanceof Error ? error.message : String(error);
    throw new DanubeError('plugin_import_failed', `${manifest.package} cannot be loaded into the server: ${why}`, {
      category: 'invalid',
      cause: error,
    });
  }
}
