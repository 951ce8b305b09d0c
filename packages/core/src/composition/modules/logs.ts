import type { DependencyContainer } from 'tsyringe';
import { LogFiles } from '../../adapters/log-files/log-files.js';
import type { InstanceSettings } from '../../domain/config/configuration.js';
import { Tokens } from '../../services/tokens.js';
import type { DataDirectory } from '../data-directory.js';
import { registerClass } from './register.js';

const maxViewerLagBytes = 8 * 1024 * 1024;

/** Where the logs of jobs go. */
export function registerLogs(container: DependencyContainer, data: DataDirectory, settings: InstanceSettings): void {
  container.registerInstance(Tokens.LogStoreSettings, {
    directory: data.logs,
    maxBytes: settings.logs.maxBytesPerJob,
    maxViewerLagBytes,
  });
  registerClass(container, Tokens.LogStore, LogFiles);
}
