import type { GitRepository } from './git-fixtures.js';
import { startGitHttpServer } from './git-http-server.js';
import { isRealCluster, openTestCluster, type TestCluster } from './test-cluster.js';

/** Whether the jobs of this run are pods: `DANUBE_TEST_RUNTIME`, which is "local" where it says nothing. */
export const onKubernetes = process.env['DANUBE_TEST_RUNTIME'] === 'kubernetes';
/** Pods are processes of another machine, or of another one in part. */
export const onAnotherMachine = onKubernetes && isRealCluster;

/** As they stand in `config.json`. */
export type InstanceSettings = Readonly<Record<string, unknown>> & { readonly kubernetes?: object };

/** What of the place where jobs run matters to those who start servers. */
export interface TestRuntime {
  /** Undefined where jobs are processes of this machine. */
  readonly cluster: TestCluster | undefined;
  /** This machine, as jobs reach it. */
  readonly host: string;
  /** What servers of this machine listen on, so that jobs reach them. */
  readonly bindHost: string;
  /** Text of a `config.json` with these settings, and with what the place needs. */
  configDocument(settings?: InstanceSettings): string;
  /** Settings of a Danube server whose control planes listen on these ports, by their environment variables. */
  environment(ports: { readonly rpc: number; readonly grpc: number }): Readonly<Record<string, string>>;
}

export const localRuntime: TestRuntime = {
  cluster: undefined,
  host: '127.0.0.1',
  bindHost: '127.0.0.1',
  configDocument: (settings = {}) => JSON.stringify(settings),
  environment: () => ({}),
};

let opened: Promise<TestRuntime> | undefined;

/** That of this test file: a cluster is made at the first call and outlives all servers. */
export function testRuntime(): Promise<TestRuntime> {
  opened ??= onKubernetes ? openKubernetes() : Promise.resolve(localRuntime);
  return opened;
}

/** Called after the last test of a file. */
export async function closeTestRuntime(): Promise<void> {
  await (await opened)?.cluster?.stop();
}

async function openKubernetes(): Promise<TestRuntime> {
  const cluster = await openTestCluster();
  const { host = '127.0.0.1', kubeconfig, coordinatorImage, workerImage } = cluster;
  return {
    cluster,
    host,
    bindHost: isRealCluster ? '0.0.0.0' : '127.0.0.1',
    configDocument: (settings = {}) => {
      const kubernetes = { default_image: workerImage, egress: { allow_all: true }, ...settings.kubernetes };
      return JSON.stringify({ ...settings, kubernetes });
    },
    environment: ({ rpc, grpc }) => ({
      DANUBE_RUNTIME: 'kubernetes',
      DANUBE_KUBERNETES_KUBECONFIG: kubeconfig,
      DANUBE_KUBERNETES_COORDINATOR_IMAGE: coordinatorImage,
      DANUBE_KUBERNETES_RPC_URL: `https://${host}:${rpc}`,
      DANUBE_KUBERNETES_GRPC_ADDRESS: `${host}:${grpc}`,
    }),
  };
}

export interface SharedRepositories {
  urlOf(repository: GitRepository): string;
  close(): Promise<void>;
}

/** Makes the repositories in a folder reachable for jobs; `beforeObjects` is awaited before a pod gets what it asks for. */
export async function shareRepositories(
  folder: string,
  beforeObjects = () => Promise.resolve(),
): Promise<SharedRepositories> {
  if (!onKubernetes) return { urlOf: ({ url }) => url, close: () => Promise.resolve() };
  const { host } = await testRuntime();
  const server = await startGitHttpServer(folder, { host, beforeObjects });
  return {
    urlOf: ({ path }) => server.url + path.slice(folder.length),
    close: () => server.close(),
  };
}
