import { ConfigFileParser } from '../adapters/config-files/config-file-parser.js';
import { DirectoryConfigSource } from '../adapters/config-files/directory-config-source.js';
import type { AssembledConfiguration } from '../domain/config/assemble-configuration.js';
import type { PluginFailure } from '../services/ports/extensions.js';
import { offlinePlugins, quietTelemetry } from './offline-plugins.js';

export type ValidatedDirectory = AssembledConfiguration & {
  /** Optional plugins that would be left out; empty where mistakes in the files kept them from being looked at. */
  readonly pluginFailures: readonly PluginFailure[];
};

/**
 * What a sync would make of the files in a folder, with the plugins that are installed in a data directory or delivered
 * with this program. Needs no server, starts nothing of a plugin and changes nothing.
 */
export async function validateConfigDirectory(
  directory: string,
  dataDir: string | undefined,
  version: string,
): Promise<ValidatedDirectory> {
  const never = new AbortController().signal;
  const files = await new DirectoryConfigSource(directory).readFiles();
  const result = await new ConfigFileParser().parse(files, never);
  if (result.kind === 'invalid') return { ...result, pluginFailures: [] };
  const plugins = offlinePlugins(dataDir, version, quietTelemetry(version));
  const { problems, failures } = await plugins.check(result.configuration.settings.integrations, never);
  const outcome: AssembledConfiguration =
    problems.length === 0 ? result : { kind: 'invalid', problems: problems.map(result.locate) };
  return { ...outcome, pluginFailures: failures };
}
