import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { TestDanube } from '@danube/test-support/danube.js';
import { Tokens } from '@danube/core/services/tokens.js';

let danube: TestDanube;
afterEach(() => danube.stop());

test('a pipeline runs its steps and succeeds', async () => {
  danube = await TestDanube.start('from danube import step\nstep.run("echo hello; echo oops >&2", name="greet")\n');
  const { id } = await danube.trigger();
  const job = await danube.until(id);
  expect(job).toMatchObject({ status: 'success', reason: undefined, number: 1, source: { branch: 'main' } });
  const log = await danube.log(id);
  expect(log).toMatch(/^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] \[greet\] \[stdout\] hello$/m);
  expect(log).toMatch(/\[greet\] \[stderr\] oops$/m);
  const steps = await danube.running.container.resolve(Tokens.StepRepository).listByJob(id);
  expect(steps).toMatchObject([{ sequence: 1, name: 'greet', status: 'success', exitCode: 0 }]);
  expect(log.slice(steps[0]?.logStart, steps[0]?.logEnd)).toContain('hello');
});

test('a failed step whose result nobody reads makes the job red, with the step in the reason and its lines in the log', async () => {
  danube = await TestDanube.start(
    'from danube import step\nstep.run("echo assertion failed: 1 != 2; exit 3", name="unit tests")\nstep.run("echo never", name="deploy")\n',
  );
  const { id } = await danube.trigger();
  const job = await danube.until(id);
  expect(job.status).toBe('failure');
  expect(job.reason).toContain('unit tests');
  const log = await danube.log(id);
  expect(log).toContain('assertion failed: 1 != 2');
  expect(log).not.toContain('[deploy]');
});

test.each([
  ['is missing', undefined, /danubefile\.py/],
  ['has a syntax error', 'def broken(:\n', /line 1/],
  ['raises', 'x = 1\nraise ValueError("no luck")\n', /line 2[^]*no luck/],
  ['exits with a code', 'import sys\nprint("bye")\nsys.exit(4)\n', /bye/],
])('a danubefile that %s is a red job that says why', async (_, text, message) => {
  danube = await TestDanube.start(text ?? '');
  if (text === undefined) danube.project.commit({ 'danubefile.py': undefined });
  const { id } = await danube.trigger();
  const job = await danube.until(id);
  expect(job.status).toBe('failure');
  expect(job.reason).toBeTruthy();
  expect(await danube.log(id)).toMatch(message);
});

test('a danubefile that imports nothing and does nothing is a green job', async () => {
  danube = await TestDanube.start('pass\n');
  const { id } = await danube.trigger();
  expect((await danube.until(id)).status).toBe('success');
});

test('nothing of an ended job stays behind but its log', async () => {
  danube = await TestDanube.start('from danube import step\nstep.run("(sleep 300 &) ; touch x", name="daemon")\n');
  const { id } = await danube.trigger();
  await danube.until(id);
  await danube.log(id);
  await danube.halt();
  expect(readdirSync(join(danube.folder, 'data', 'jobs'))).toEqual([]);
});
