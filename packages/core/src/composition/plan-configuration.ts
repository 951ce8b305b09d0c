import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigFileParser } from '../adapters/config-files/config-file-parser.js';
import { DirectoryConfigSource } from '../adapters/config-files/directory-config-source.js';
import { openPersistence } from '../adapters/persistence/open-persistence.js';
import { defaultSettings } from '../domain/config/default-settings.js';
import { diffConfiguration } from '../domain/config/diff-configuration.js';
import { ActiveConfiguration } from '../services/config/active-configuration.js';
import { PlanConfiguration, type ConfigurationPlan } from '../services/config/plan-configuration.js';
import { StoredConfiguration } from '../services/config/stored-configuration.js';
import { offlinePlugins, quietTelemetry } from './offline-plugins.js';
import { validateConfigDirectory } from './validate-config-directory.js';

/**
 * What a sync of the files in a folder would change in the configuration that a data directory holds; without a database
 * there, everything is new. Changes nothing, and may be asked while a server of this version runs.
 */
export async function planConfiguration(
  directory: string,
  dataDir: string,
  version: string,
): Promise<ConfigurationPlan> {
  const database = join(dataDir, 'danube.db');
  if (!existsSync(database)) return planFromNothing(directory, dataDir, version);
  const telemetry = quietTelemetry(version);
  const { loggers, metrics, tracer } = telemetry;
  const persistence = await openPersistence(database, { logger: loggers.forTarget('danube'), metrics, tracer });
  try {
    const active = new ActiveConfiguration(persistence.configState);
    await active.load();
    const { users, teams, pipelines, secrets } = persistence;
    const plan = new PlanConfiguration(
      new ConfigFileParser(),
      new StoredConfiguration(active, users, teams, pipelines, secrets),
      offlinePlugins(dataDir, version, telemetry),
    );
    return await plan.execute(new DirectoryConfigSource(directory), undefined, new AbortController().signal);
  } finally {
    await persistence.close();
  }
}

async function planFromNothing(directory: string, dataDir: string, version: string): Promise<ConfigurationPlan> {
  const outcome = await validateConfigDirectory(directory, dataDir, version);
  if (outcome.kind === 'invalid') return outcome;
  const nothing = { settings: defaultSettings, users: [], teams: [], pipelines: [], secrets: [] };
  const { configuration, pluginFailures } = outcome;
  return { kind: 'valid', diff: diffConfiguration(nothing, configuration), pluginFailures };
}
