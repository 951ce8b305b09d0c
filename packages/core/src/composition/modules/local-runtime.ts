import type { DependencyContainer } from 'tsyringe';
import { LocalRuntime } from '../../adapters/runtime-local/local-runtime.js';
import { Tokens } from '../../services/tokens.js';
import { coordinatorCommand } from '../coordinator-command.js';
import type { DataDirectory } from '../data-directory.js';
import { findPython } from '../find-python.js';
import { findSdk } from '../find-sdk.js';

/** Jobs as processes of this machine. */
export async function registerLocalRuntime(container: DependencyContainer, data: DataDirectory): Promise<void> {
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
}
