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

/** Where there is a choice, steps run in an image that has next to nothing. */
function open() {
  const workerImage = cluster.standIn === undefined ? cluster.workerImage : 'danube.test/busybox:1';
  return openKubernetesHarness(cluster, { loggers, workerImage });
}

runtimeContract('the kubernetes runtime', open, { largeOutputBytes: 20_000_000 });
