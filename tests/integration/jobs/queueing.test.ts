import { afterEach, expect, test } from 'vitest';
import { pipelineDocument } from '@danube/test-support/config-documents.js';
import { TestDanube } from '@danube/test-support/danube.js';
import { Tokens } from '@danube/core/services/tokens.js';

const waits = 'from danube import step\nstep.run("echo begun; sleep 600", name="wait")\n';
let danube: TestDanube;
afterEach(() => danube.stop());

const next = async () => {
  danube.project.commit({ note: String(Math.random()) });
  return danube.trigger();
};
const status = async (id: string) => (await danube.until(id, 'pending', 'running', 'cancelled')).status;

test('the same pipeline, ref and commit is one job while it has not ended', async () => {
  danube = await TestDanube.start(waits);
  const first = await danube.trigger();
  expect((await danube.trigger()).id).toBe(first.id);
  expect((await next()).id).not.toBe(first.id);
});

test('the instance limit holds, and the oldest waiting job is next', async () => {
  danube = await TestDanube.start(waits, {}, { jobs: { max_concurrent: 1 } });
  const [a, b, c] = [await danube.trigger(), await next(), await next()];
  await danube.until(a.id, 'running');
  expect([await status(b.id), await status(c.id)]).toEqual(['pending', 'pending']);
  await danube.running.container.resolve(Tokens.CancelJob).execute(a.id, 'make room');
  await danube.until(b.id, 'running');
  expect(await status(c.id)).toBe('pending');
});

test('the limit of one pipeline does not hold up another', async () => {
  danube = await TestDanube.start(waits, { max_concurrent_jobs: 1 });
  const [a, b] = [await danube.trigger(), await next()];
  await danube.until(a.id, 'running');
  danube.config.commit({ 'pipelines/other.json': pipelineDocument('other', danube.repositoryUrl) });
  await danube.running.container.resolve(Tokens.PollConfiguration).syncNow(AbortSignal.timeout(10_000));
  const other = await danube.trigger({ pipelineId: 'other' });
  await danube.until(other.id, 'running');
  expect(await status(b.id)).toBe('pending');
});

test('with replace a newer commit displaces the waiting job and leaves the running one', async () => {
  danube = await TestDanube.start(waits, { max_concurrent_jobs: 1, concurrency: 'replace' });
  const running = await danube.trigger();
  await danube.until(running.id, 'running');
  const [waiting, newest] = [await next(), await next()];
  const displaced = await danube.until(waiting.id, 'cancelled');
  expect(displaced.reason).toContain(newest.id);
  expect(await danube.log(waiting.id)).toMatch(/\[danube\] \[stdout\] cancelled after .*: replaced by job/);
  expect(await status(running.id)).toBe('running');
});

test('with cancel_running a newer commit ends the running job', async () => {
  danube = await TestDanube.start(waits, { max_concurrent_jobs: 1, concurrency: 'cancel_running' });
  const running = await danube.trigger();
  await danube.until(running.id, 'running');
  const newest = await next();
  expect((await danube.until(running.id, 'cancelled')).status).toBe('cancelled');
  await danube.until(newest.id, 'running');
});
