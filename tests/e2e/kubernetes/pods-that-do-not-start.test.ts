import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';
import { testRuntime } from '@danube/test-support/test-runtime.js';

let served: ServedProject;
beforeAll(async () => {
  const { cluster } = await testRuntime();
  const like = (spec: Readonly<Record<string, unknown>>) => ({ file: 'pass\n', spec });
  const settings = {
    kubernetes: {
      image_pull_timeout: '3s',
      schedule_timeout: '3s',
      allowed_node_selectors: { 'danube.dev/test': ['no-such-node'] },
    },
  };
  served = await ServedProject.start(
    {
      'no-shell': like({ image: cluster?.emptyImage }),
      'no-image': like({ image: `${cluster?.workerImage}-that-does-not-exist` }),
      'no-node': like({ kubernetes: { node_selector: { 'danube.dev/test': 'no-such-node' } } }),
    },
    { settings },
  );
});
afterAll(() => served.stop());

test.each([
  ['no-shell', /has no \/bin\/sh, which steps need; use an image with a shell/],
  ['no-image', /that-does-not-exist" of the container "worker" cannot be pulled.*; given up after 3s/],
  ['no-node', /no node can take the pod: .*; given up after 3s/],
])('%s: the job fails in words, and nothing of it stays in the cluster', async (pipeline, reason) => {
  const cluster = await served.cluster();
  const job = await served.run(pipeline);
  expect(job).toMatchObject({ status: 'failure', reason: expect.stringMatching(reason) as string });
  expect(await served.server.log(job.id)).toMatch(reason);
  await expect.poll(() => cluster.pod(job.id), { timeout: 30_000 }).toBeUndefined();
  await expect.poll(() => cluster.policies(), { timeout: 10_000 }).not.toContain(job.id);
  await served.expectServing();
});
