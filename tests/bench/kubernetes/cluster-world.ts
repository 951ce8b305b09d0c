import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipelineDocument, teamDocument } from '../../support/config-documents.js';
import { DanubeProcess } from '../../support/danube-process.js';
import { GitRepository } from '../../support/git-fixtures.js';
import { startGitHttpServer } from '../../support/git-http-server.js';
import type { TestCluster } from '../../support/test-cluster.js';

/** Small enough for 40 pods on one node. */
export const resources = { cpu: { request: '10m' }, memory: { request: '16Mi', limit: '512Mi' } };

export interface ClusterWorld {
  readonly server: DanubeProcess;
  readonly dispose: () => Promise<void>;
}

/** A real server in its own process whose jobs run in the cluster, with pipelines of one step. */
export async function createClusterWorld(cluster: TestCluster, pipelines: readonly string[]): Promise<ClusterWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'danube-bench-'));
  mkdirSync(join(folder, 'data'));
  const project = new GitRepository(join(folder, 'repositories', 'project'));
  project.commit({ 'danubefile.py': 'from danube import step\nstep.run("true", name="one", check=True)\n' });
  const git = await startGitHttpServer(join(folder, 'repositories'), cluster.host ? { host: cluster.host } : {});
  const config = new GitRepository(join(folder, 'config'));
  const spec = { image: cluster.workerImage, kubernetes: { resources } };
  config.commit({
    'config.yaml': JSON.stringify({ jobs: { max_concurrent: 40 }, kubernetes: { coordinator_resources: resources } }),
    'teams.yaml': teamDocument(),
    'pipelines.yaml': pipelines.map((name) => pipelineDocument(name, `${git.url}/project`, spec)).join('---\n'),
  });
  const server = await DanubeProcess.create(join(folder, 'data'), config.url, {
    DANUBE_LOG: 'warn,danube=info',
    DANUBE_CONFIG_REPO_SYNC_INTERVAL: '1h',
    ...(await runtimeSettings(cluster)),
  });
  const dispose = async () => {
    await server.stop();
    await git.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, dispose };
}

async function runtimeSettings({ kubeconfig, coordinatorImage, host }: TestCluster) {
  const [rpc, grpc] = [await freePort(), await freePort()];
  const [listen, reached] = [host === undefined ? '127.0.0.1' : '0.0.0.0', host ?? '127.0.0.1'];
  return {
    DANUBE_RUNTIME: 'kubernetes',
    DANUBE_KUBERNETES_KUBECONFIG: kubeconfig,
    DANUBE_KUBERNETES_COORDINATOR_IMAGE: coordinatorImage,
    DANUBE_RPC_ADDRESS: `${listen}:${rpc}`,
    DANUBE_GRPC_ADDRESS: `${listen}:${grpc}`,
    DANUBE_KUBERNETES_RPC_URL: `https://${reached}:${rpc}`,
    DANUBE_KUBERNETES_GRPC_ADDRESS: `${reached}:${grpc}`,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
