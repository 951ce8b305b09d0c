import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type CheckedPlugin, checkInstalled } from '../plugins/checking/check-installed.js';
import { pluginLimits } from '../plugins/limits.js';
import { takeBuiltIn } from '../plugins/loading/take-plugin.js';
import { pluginPlaces } from '../plugins/packages/find-packages.js';
import { pluginApiVersion } from '../plugins/plugin-api-version.js';
import { builtInPlugins } from './built-in-plugins.js';

const conformanceMs = 60_000;

/**
 * Checks every plugin that is installed in a data directory or delivered with this program, against this program. Needs
 * no server and changes nothing. `begin` hears of each before it is checked.
 */
export function checkPlugins(
  dataDir: string | undefined,
  version: string,
  begin: (name: string) => void,
): AsyncIterable<CheckedPlugin> {
  const kit = createRequire(import.meta.url).resolve('@danube/plugin-api/testing');
  return checkInstalled(
    {
      places: pluginPlaces(dataDir),
      builtIns: builtInPlugins(dataDir).map((plugin) => takeBuiltIn(plugin, version)),
      apiVersion: pluginApiVersion,
      limits: pluginLimits,
      kitUrl: pathToFileURL(kit).href,
      conformanceMs,
    },
    begin,
  );
}

export type { CheckedPlugin };
