import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { DependencyContainer } from 'tsyringe';
import type { Isolation } from '../../adapters/runtime-local/isolation/isolation.js';
import { openIsolation, type IsolationSettings } from '../../adapters/runtime-local/isolation/open-isolation.js';
import { LocalRuntime } from '../../adapters/runtime-local/local-runtime.js';
import { Tokens } from '../../services/tokens.js';
import { coordinatorCommand } from '../coordinator-command.js';
import type { DataDirectory } from '../data-directory.js';
import { findPython } from '../find-python.js';
import { findPythonFolders } from '../find-python-folders.js';
import { findSdk } from '../find-sdk.js';

export interface LocalRuntimeSettings extends IsolationSettings {
  /** Files of this server that no job may read, wherever they lie. */
  readonly secretFiles: readonly string[];
}

/** Jobs as processes of this machine. Answers how they are isolated. */
export async function registerLocalRuntime(
  container: DependencyContainer,
  data: DataDirectory,
  settings: LocalRuntimeSettings,
): Promise<Isolation> {
  const python = await findPython(process.env);
  const sdkPath = findSdk();
  // what is hidden and shown again must be named without symbolic links
  const dataDir = await realpath(data.root);
  const isolation = await openIsolation(settings, dataDir, {
    secretFolders: [dataDir, homedir(), '/etc/danube'],
    secretFiles: settings.secretFiles,
    needed: [sdkPath, python, ...(await findPythonFolders(python))],
  });
  const runtime = new LocalRuntime(
    {
      dataDir,
      sdkPath,
      coordinatorCommand: ({ pipelineFile }) => coordinatorCommand(python, sdkPath, pipelineFile),
      isolation,
    },
    container.resolve(Tokens.SourceCheckout),
    container.resolve(Tokens.Clock),
  );
  container.registerInstance(Tokens.JobRuntime, runtime);
  return isolation;
}
