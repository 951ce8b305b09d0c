import { afterEach, expect, test } from 'vitest';
import { TestDanube } from '@danube/test-support/danube.js';
import { onKubernetes } from '@danube/test-support/test-runtime.js';
import { Tokens } from '@danube/core/services/tokens.js';

/** It counts from before a pod is there. */
const timeout = onKubernetes ? '8s' : '2s';
const sleeper = 'from danube import step\nstep.run("echo begun; sleep 600; echo never", name="sleep")\n';
let danube: TestDanube;
afterEach(() => danube.stop());

const cancel = (id: string) => danube.running.container.resolve(Tokens.CancelJob).execute(id, 'cancelled by test');

test('cancelling a running job stops its step, keeps its log and says who', async () => {
  danube = await TestDanube.start(sleeper);
  const { id } = await danube.trigger();
  await danube.logHas(id, 'begun');
  expect((await cancel(id)).status).toBe('cancelled');
  const log = await danube.log(id);
  expect(log).toContain('begun');
  expect(log).not.toContain('never');
  expect(await danube.until(id)).toMatchObject({ status: 'cancelled', reason: 'cancelled by test' });
  const steps = await danube.running.container.resolve(Tokens.StepRepository).listByJob(id);
  expect(steps).toMatchObject([{ status: 'cancelled' }]);
});

test('a step is told once to end, and has time for it', async () => {
  const polite = `trap 'echo going; sleep 1; echo gone; exit 1' TERM; echo begun; sleep 600 & wait`;
  danube = await TestDanube.start(`from danube import step\nstep.run("${polite}", name="polite")\n`);
  const { id } = await danube.trigger();
  await danube.logHas(id, 'begun');
  await cancel(id);
  const said = [...(await danube.log(id)).matchAll(/\[polite\] \[stdout\] (.*)$/gm)].map(([, text]) => text);
  expect(said).toEqual(['begun', 'going', 'gone']);
});

test('cancelling twice, or after the end, changes nothing', async () => {
  danube = await TestDanube.start('pass\n');
  const { id } = await danube.trigger();
  const ended = await danube.until(id);
  expect(await cancel(id)).toEqual(ended);
  await expect(cancel('no-such-job')).rejects.toThrow(/no job "no-such-job"/);
});

test('a job over its timeout is killed and says how long it might have taken', async () => {
  danube = await TestDanube.start(sleeper, { timeout });
  const { id } = await danube.trigger();
  const job = await danube.until(id);
  expect(job).toMatchObject({ status: 'timeout' });
  expect(job.reason).toContain(timeout);
  expect(await danube.log(id)).toContain('begun');
});

test('with timeout_action warn a job over its timeout goes on, and the log says so', async () => {
  danube = await TestDanube.start('from danube import step\nstep.run("sleep 2.5; echo done", name="slow")\n', {
    timeout: '1s',
    timeout_action: 'warn',
  });
  const { id } = await danube.trigger();
  expect((await danube.until(id)).status).toBe('success');
  const log = await danube.log(id);
  expect(log).toMatch(/goes on because timeout_action is "warn"[^]*done/);
});

test('a step over its own timeout fails, and the pipeline may go on', async () => {
  danube = await TestDanube.start(
    'from danube import step\nr = step.run("sleep 600", name="slow", timeout=1, check=False)\nprint("ok is", r.ok)\n',
  );
  const { id } = await danube.trigger();
  expect((await danube.until(id)).status).toBe('success');
  expect(await danube.log(id)).toContain('ok is False');
  const steps = await danube.running.container.resolve(Tokens.StepRepository).listByJob(id);
  expect(steps).toMatchObject([{ status: 'timeout' }]);
});
