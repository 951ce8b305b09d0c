import type { DependencyContainer } from 'tsyringe';
import type { BootstrapConfig } from '../../adapters/bootstrap-config/bootstrap-config.js';
import { ConfigFileParser } from '../../adapters/config-files/config-file-parser.js';
import { PlanConfiguration } from '../../services/config/plan-configuration.js';
import { PollConfiguration } from '../../services/config/poll-configuration.js';
import { ReportSync } from '../../services/config/report-sync.js';
import { StoredConfiguration } from '../../services/config/stored-configuration.js';
import { SyncConfiguration } from '../../services/config/sync-configuration.js';
import type { ConfigSource } from '../../services/ports/config-source.js';
import { Tokens } from '../../services/tokens.js';
import { registerClass } from './register.js';

export function registerConfigSync(
  container: DependencyContainer,
  source: ConfigSource,
  config: BootstrapConfig['configRepo'],
): void {
  container.registerInstance(Tokens.ConfigSource, source);
  container.registerInstance(Tokens.ConfigParser, new ConfigFileParser());
  container.registerInstance(Tokens.ConfigPolling, { intervalMs: config.syncIntervalMs });
  registerClass(container, Tokens.ReportSync, ReportSync);
  registerClass(container, Tokens.StoredConfiguration, StoredConfiguration);
  registerClass(container, Tokens.SyncConfiguration, SyncConfiguration);
  registerClass(container, Tokens.PlanConfiguration, PlanConfiguration);
  registerClass(container, Tokens.PollConfiguration, PollConfiguration);
}
