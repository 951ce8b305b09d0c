import { join } from 'node:path';
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

/** Both by the path of the launcher and over JSON because start-up is part of every job: -m and grpcio cost more than it. */
function coordinatorCommand(python: string, sdkPath: string, pipelineFile: string): string {
  const command = [python, join(sdkPath, 'danube', '__main__.py'), pipelineFile].map(quoteForShell).join(' ');
  const transport = process.env['DANUBE_TRANSPORT'] ?? 'http';
  return `DANUBE_TRANSPORT=${quoteForShell(transport)} exec ${command}`;
}

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
      coordinatorCommand: ({ pipelineFile }) => coordinatorCommand(python, sdkPath, pipelineFile),
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
