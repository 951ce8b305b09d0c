import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import type { KubernetesSettings } from '../../adapters/bootstrap-config/resolve-kubernetes.js';
import { readInstanceId } from '../../adapters/filesystem/instance-id.js';
import { connectCluster } from '../../adapters/runtime-kubernetes/api/connect-cluster.js';
import { openKubernetesRuntime } from '../../adapters/runtime-kubernetes/open-kubernetes-runtime.js';
import { Tokens } from '../../services/tokens.js';
import { coordinatorCommand } from '../coordinator-command.js';
import type { DataDirectory } from '../data-directory.js';
import { findSdk } from '../find-sdk.js';
import type { Lifecycle } from '../lifecycle.js';

/** Where images/coordinator/Dockerfile puts the Python package. */
const imageSdk = '/opt/danube/sdk';

/** Each job in a pod of its own. */
export async function registerKubernetesRuntime(
  container: DependencyContainer,
  lifecycle: Lifecycle,
  data: DataDirectory,
  { kubeconfigs, jobsNamespace, systemNamespace, coordinatorImage }: KubernetesSettings,
): Promise<void> {
  const ids = container.resolve(Tokens.IdGenerator);
  const configuration = container.resolve(Tokens.ActiveConfiguration);
  const runtime = openKubernetesRuntime({
    connection: await connectCluster(kubeconfigs),
    jobsNamespace,
    systemNamespace,
    coordinatorImage,
    instanceId: await readInstanceId(data.instanceId, () => ids.newId()),
    dataDir: data.root,
    programs: {
      follow: await readFile(join(findSdk(), 'danube', '_follow_outputs.py'), 'utf8'),
      sdkPath: imageSdk,
      coordinatorCommand: ({ pipelineFile }) => coordinatorCommand('python3', imageSdk, pipelineFile),
    },
    settings: () => configuration.settings.kubernetes,
    checkout: container.resolve(Tokens.CheckoutProgram),
    clock: container.resolve(Tokens.Clock),
    metrics: container.resolve(Tokens.Metrics),
    loggers: container.resolve(Tokens.LoggerFactory),
  });
  lifecycle.onStop('kubernetes runtime', () => runtime.close());
  container.registerInstance(Tokens.JobRuntime, runtime);
}
