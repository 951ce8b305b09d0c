import { openKubernetesHarness } from '@danube/test-support/kubernetes-runtime-harness.js';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { runtimeContract } from '@danube/test-support/runtime-contract.js';
import { openTestCluster, type TestCluster } from '@danube/test-support/test-cluster.js';
import { afterAll, beforeAll } from 'vitest';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await openTestCluster();
});
afterAll(() => cluster.stop());

const loggers = new RecordingLoggers();

runtimeContract('the kubernetes runtime', () => openKubernetesHarness(cluster, { loggers }), {
  largeOutputBytes: 20_000_000,
});
