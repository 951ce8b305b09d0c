import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterApi } from '@danube/core/adapters/runtime-kubernetes/api/cluster-api.js';
import type { ClusterConnection } from '@danube/core/adapters/runtime-kubernetes/api/cluster-connection.js';
import { connectCluster } from '@danube/core/adapters/runtime-kubernetes/api/connect-cluster.js';
import { sendRequest } from '@danube/core/adapters/runtime-kubernetes/api/send-request.js';
import { labels, objectName } from '@danube/core/adapters/runtime-kubernetes/pod-layout.js';
import { SystemClock } from '@danube/core/adapters/system-clock/system-clock.js';
import type { V1Pod } from '@kubernetes/client-node';
import { RecordingMetrics } from './recording-metrics.js';
import type { TestCluster } from './test-cluster.js';

const limit = () => AbortSignal.timeout(30_000);

/** Looks into a cluster from outside of the server, and removes what a test has left there. */
export class ClusterClient {
  private constructor(
    private readonly connection: ClusterConnection,
    private readonly api: ClusterApi,
  ) {}

  static async open({ kubeconfig }: TestCluster): Promise<ClusterClient> {
    const connection = await connectCluster([kubeconfig]);
    const namespaces = { jobsNamespace: 'danube-jobs', systemNamespace: 'danube-system' };
    return new ClusterClient(
      connection,
      new ClusterApi(connection, namespaces, new RecordingMetrics(), new SystemClock()),
    );
  }

  /** Undefined where there is none. */
  pod(jobId: string): Promise<V1Pod | undefined> {
    return this.api.readPod(objectName(jobId), limit());
  }

  /** Every pod and policy of jobs, as the cluster keeps them. */
  async objects(): Promise<readonly unknown[]> {
    const namespace = 'namespaces/danube-jobs';
    const paths = [`/api/v1/${namespace}/pods`, `/apis/networking.k8s.io/v1/${namespace}/networkpolicies`];
    return Promise.all(paths.map((path) => sendRequest(this.connection, { method: 'GET', path }, limit())));
  }

  /** The jobs that have a network policy. */
  async policies(): Promise<readonly (string | undefined)[]> {
    return (await this.api.listPolicies('NetworkPolicy', labels.job, limit())).map(({ jobId }) => jobId);
  }

  /** Removes every pod and policy of the server with this data directory. */
  async removeAll(dataDir: string): Promise<void> {
    const selector = `${labels.instance}=${readFileSync(join(dataDir, 'instance-id'), 'utf8').trim()}`;
    const pods = (await this.api.listPods(selector, limit())).pods.map(({ metadata }) => metadata?.name ?? '');
    await Promise.all(pods.map((name) => this.api.deletePod(name, 0, limit())));
    for (const kind of ['NetworkPolicy', 'CiliumNetworkPolicy'] as const) {
      const policies = await this.api.listPolicies(kind, selector, limit());
      await Promise.all(policies.map(({ name }) => this.api.deletePolicy(kind, name, limit())));
    }
  }

  close(): void {
    this.connection.close();
  }
}

/** As {@link ClusterClient.removeAll}, for a server that has been stopped. */
export async function removeFromCluster(cluster: TestCluster, dataDir: string): Promise<void> {
  const client = await ClusterClient.open(cluster);
  try {
    await client.removeAll(dataDir);
  } finally {
    client.close();
  }
}
