import type { DependencyContainer } from 'tsyringe';
import { LogFiles } from '../../adapters/log-files/log-files.js';
import { LocalRuntime } from '../../adapters/runtime-local/local-runtime.js';
import { quoteForShell } from '../../adapters/step-supervisor/render-files.js';
import type { InstanceSettings } from '../../domain/config/configuration.js';
import { Tokens } from '../../services/tokens.js';
import type { DataDirectory } from '../data-directory.js';
import { findPython } from '../find-python.js';
import { findSdk } from '../find-sdk.js';
import { registerClass } from './register.js';

const maxViewerLagBytes = 8 * 1024 * 1024;

/** Where jobs run and where their logs go. */
export async function registerRuntime(
  container: DependencyContainer,
  data: DataDirectory,
  settings: InstanceSettings,
): Promise<void> {
  const python = await findPython(process.env);
  const sdkPath = findSdk();
  const runtime = new LocalRuntime(
    {
      dataDir: data.root,
      sdkPath,
      coordinatorCommand: ({ pipelineFile }) =>
        `exec ${[python, '-m', 'danube', pipelineFile].map(quoteForShell).join(' ')}`,
    },
    container.resolve(Tokens.SourceCheckout),
    container.resolve(Tokens.Clock),
  );
  container.registerInstance(Tokens.JobRuntime, runtime);
  container.registerInstance(Tokens.LogStoreSettings, {
    directory: data.logs,
    maxBytes: settings.logs.maxBytesPerJob,
    maxViewerLagBytes,
  });
  registerClass(container, Tokens.LogStore, LogFiles);
}
