import { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import { idle, podManifest } from '@danube/test-support/kubernetes/test-pods.js';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SystemClock } from '../../system-clock/system-clock.js';
import { ClusterApi } from './cluster-api.js';
import { connectCluster } from './connect-cluster.js';
import { PodWatch } from './pod-watch.js';
import { runInPod } from './run-in-pod.js';

let cluster: StandInCluster;
let api: ClusterApi;
let watch: PodWatch;
const metrics = new RecordingMetrics();
const signal = AbortSignal.timeout(60_000);

beforeAll(async () => {
  cluster = await StandInCluster.start({ images: { 'debian:12': 'host' } });
  const connection = await connectCluster([cluster.kubeconfig]);
  const namespaces = { jobsNamespace: 'danube-jobs', systemNamespace: 'danube-system' };
  api = new ClusterApi(connection, namespaces, metrics, new SystemClock());
  watch = new PodWatch(api, { labelSelector: 'i=1' }, metrics, new RecordingLoggers().forTarget('t'));
});
afterAll(async () => {
  await watch.stop();
  await cluster.stop();
});

test('a pod is made, watched, worked in, given another container and deleted', async () => {
  await api.ensureNamespaces(signal);
  await api.ensureNamespaces(signal);
  await api.checkHealth(signal);
  expect(await api.hasCilium(signal)).toBe(false);
  await watch.start(signal);
  const pod = podManifest('p', { containers: [idle('worker', 'debian:12')] }, { i: '1' });
  expect(await api.createPod(pod, signal)).toBe('created');
  expect(await api.createPod(pod, signal)).toBe('exists');
  for await (const seen of watch.changes('p', signal)) if (seen?.status?.phase === 'Running') break;

  const script = 'echo "$0"; yes line | head -n 200000 | wc -c; echo oh >&2; exit 7';
  expect(await runInPod(api, { pod: 'p', container: 'worker', script }, signal)).toEqual({
    end: { kind: 'exited', exitCode: 7 },
    stdout: expect.stringMatching(/sh\n1000000\n$/) as string,
    stderr: 'oh\n',
  });
  const command = { pod: 'p', command: ['/no/such'], stdin: false };
  const missing = await api.exec({ ...command, container: 'worker' }, signal);
  for await (const chunk of missing.output) expect(chunk).toBeUndefined();
  expect(await missing.end).toMatchObject({ kind: 'refused' });
  await expect(api.exec({ ...command, container: 'nobody' }, signal)).rejects.toMatchObject({
    code: 'kubernetes_refused',
  });

  await api.annotatePod('p', { note: 'kept' }, signal);
  const step = { name: 'step-1', image: 'debian:12', command: ['true'] };
  await api.addEphemeralContainer('p', step, signal);
  await api.addEphemeralContainer('p', { ...step, command: ['false'] }, signal);
  for await (const seen of watch.changes('p', signal)) {
    const ended = seen?.status?.ephemeralContainerStatuses?.[0]?.state?.terminated;
    if (ended?.exitCode === 0 && ended.finishedAt instanceof Date) break;
  }
  expect((await api.readPod('p', signal))?.metadata?.annotations).toEqual({ note: 'kept' });

  await api.deletePod('p', 1, signal);
  for await (const seen of watch.changes('p', signal)) if (seen === undefined) break;
  expect(await api.readPod('p', signal)).toBeUndefined();
  expect(metrics.get('danube_pod_lifecycle_events_total', { event: 'deleted' })).toBe(1);
});
