import type { V1Pod } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

const file = 'from danube import step\nstep.run("echo kept >note; exit 3", name="fails")\n';
const keepMs = 8000;

let served: ServedProject;
beforeAll(async () => {
  const settings = { kubernetes: { keep_failed_for: `${keepMs / 1000}s` } };
  served = await ServedProject.start({ red: { file } }, { settings });
});
afterAll(() => served.stop());

const keptUntil = (pod: V1Pod | undefined) => Date.parse(pod?.metadata?.annotations?.['danube.dev/keep-until'] ?? '');

test('the pod of a failed job stays as long as it is told to, has ended by itself, and is removed by any master', async () => {
  const cluster = await served.cluster();
  const job = await served.run('red');
  expect(job.status).toBe('failure');
  const phase = async () => (await cluster.pod(job.id))?.status?.phase;
  await expect.poll(phase, { timeout: 20_000 }).toBe('Failed');
  const until = keptUntil(await cluster.pod(job.id));
  expect(Math.abs(until - Date.now() - keepMs)).toBeLessThan(keepMs);
  expect(await cluster.policies()).not.toContain(job.id);

  await served.server.kill();
  await new Promise((resolve) => setTimeout(resolve, until - Date.now() + 100));
  expect(await phase()).toBe('Failed');
  await served.server.start();
  await expect.poll(() => cluster.pod(job.id), { timeout: 20_000 }).toBeUndefined();
});

test('the pod of a job that succeeded does not stay', async () => {
  const cluster = await served.cluster();
  const { id } = await served.run('good');
  await expect.poll(() => cluster.pod(id), { timeout: 20_000 }).toBeUndefined();
});
