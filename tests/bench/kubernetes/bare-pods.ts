import { randomUUID } from 'node:crypto';
import type { V1Pod } from '@kubernetes/client-node';
import { ClusterApi } from '@danube/core/adapters/runtime-kubernetes/api/cluster-api.js';
import { connectCluster } from '@danube/core/adapters/runtime-kubernetes/api/connect-cluster.js';
import { PodWatch } from '@danube/core/adapters/runtime-kubernetes/api/pod-watch.js';
import { podManifest } from '@danube/core/adapters/runtime-kubernetes/manifest/pod-manifest.js';
import { containers, labels, objectName } from '@danube/core/adapters/runtime-kubernetes/pod-layout.js';
import { SystemClock } from '@danube/core/adapters/system-clock/system-clock.js';
import { sampleJobSpec } from '../../support/job-spec-sample.js';
import { RecordingLoggers } from '../../support/recording-logger.js';
import { RecordingMetrics } from '../../support/recording-metrics.js';
import type { TestCluster } from '../../support/test-cluster.js';
import { resources } from './cluster-world.js';

const jobsNamespace = 'danube-jobs';

export interface BarePods {
  /** Makes a pod and resolves when it has succeeded, as the cluster tells it. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/** Pods like those of jobs, whose checkout and coordinator do nothing. */
export async function openBarePods(cluster: TestCluster): Promise<BarePods> {
  const instanceId = randomUUID();
  const connection = await connectCluster([cluster.kubeconfig]);
  const metrics = new RecordingMetrics();
  const api = new ClusterApi(connection, { jobsNamespace, systemNamespace: jobsNamespace }, metrics, new SystemClock());
  const logger = new RecordingLoggers().forTarget('bench');
  const watch = new PodWatch(api, { labelSelector: `${labels.instance}=${instanceId}` }, metrics, logger);
  await watch.start(new AbortController().signal);
  const bare = (jobId: string): V1Pod => {
    const { pod } = sampleJobSpec();
    const job = sampleJobSpec({
      jobId,
      pod: { ...pod, image: cluster.workerImage, resources, coordinatorResources: resources },
      abandonAt: Date.now() + 600_000,
    });
    const { coordinatorImage } = cluster;
    return doNothing(podManifest(job, { coordinatorImage, instanceId, namespace: jobsNamespace }, Date.now()));
  };
  return {
    async run() {
      const jobId = randomUUID();
      const { signal } = new AbortController();
      await api.createPod(bare(jobId), signal);
      await succeeded(watch, objectName(jobId), signal);
      await api.deletePod(objectName(jobId), 1, signal);
    },
    async stop() {
      await watch.stop();
      connection.close();
    },
  };
}

function doNothing(pod: V1Pod): V1Pod {
  const all = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  for (const container of all) if (container.name !== containers.worker) container.command = ['/bin/true'];
  return pod;
}

async function succeeded(watch: PodWatch, name: string, signal: AbortSignal): Promise<void> {
  for await (const pod of watch.changes(name, signal)) {
    const phase = pod?.status?.phase;
    if (phase === 'Succeeded') return;
    if (phase === 'Failed') throw new Error(`the bare pod ${name} failed: ${JSON.stringify(pod?.status)}`);
  }
}
