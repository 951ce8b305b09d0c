import { EnqueueJob } from '@danube/core/services/jobs/enqueue-job.js';
import { afterEach, expect, test, vi } from 'vitest';
import { TestDanube } from '@danube/test-support/danube.js';
import { onKubernetes } from '@danube/test-support/test-runtime.js';
import { Tokens } from '@danube/core/services/tokens.js';

let danube: TestDanube;
afterEach(() => danube.stop());

test('a graceful stop leaves the step running, and the next master takes it to its end', async () => {
  danube = await TestDanube.start(
    'from danube import step\nr = step.run("echo before; sleep 2; echo after", name="long")\nprint("code", r.exit_code)\n',
  );
  const { id } = await danube.trigger();
  await danube.logHas(id, 'before');
  await danube.halt();
  await danube.boot();
  expect((await danube.until(id)).status).toBe('success');
  const log = await danube.log(id);
  expect(log.match(/\[long\] \[stdout\] (before|after)/g)).toHaveLength(2);
  expect(log).toContain('code 0');
});

test('deadlines are absolute: what passed while the master was down has passed', async () => {
  danube = await TestDanube.start('from danube import step\nstep.run("echo begun; sleep 600", name="long")\n', {
    timeout: onKubernetes ? '8s' : '2s',
  });
  const { id } = await danube.trigger();
  const { deadlineAt } = await danube.until(id, 'running');
  await danube.logHas(id, 'begun');
  await danube.halt();
  await new Promise((resolve) => setTimeout(resolve, (deadlineAt ?? 0) - Date.now() + 50));
  await danube.boot();
  const job = await danube.until(id);
  expect(job).toMatchObject({ status: 'timeout', deadlineAt });
});

test('a running job whose files are gone after a restart fails, and its log says so', async () => {
  danube = await TestDanube.start('from danube import step\nstep.run("echo begun; sleep 600", name="x")\n');
  const { id } = await danube.trigger();
  await danube.until(id, 'running');
  await danube.logHas(id, 'begun');
  await danube.halt();
  await danube.loseJob(id);
  await danube.boot();
  const job = await danube.until(id);
  expect(job).toMatchObject({ status: 'failure', reason: expect.stringContaining('lost') as string });
  expect(await danube.log(id)).toMatch(/begun[^]*failure after .*: lost/);
});

test('the output of a step that was started but not yet marked so is in the log of the job that ended meanwhile', async () => {
  danube = await TestDanube.start('from danube import step\nstep.run("echo begun; sleep 600", name="x")\n');
  const { id } = await danube.trigger();
  await danube.logHas(id, 'begun');
  const spec = { jobId: id, sequence: 2, name: 'unmarked', command: 'echo unseen', env: {}, image: undefined };
  const runtime = danube.running.container.resolve(Tokens.JobRuntime);
  await runtime.startStep(spec);
  for await (const event of runtime.follow(spec, { stdout: 0, stderr: 0 }, AbortSignal.timeout(60_000))) {
    expect(event).toMatchObject({ bytes: Buffer.from('unseen\n') });
    break;
  }
  const steps = danube.running.container.resolve(Tokens.StepRepository);
  const [first] = await steps.listByJob(id);
  if (first === undefined) throw new Error('there is no step');
  const pending = { status: 'pending', startedAt: undefined, deadlineAt: undefined, logStart: undefined } as const;
  await steps.createOnce({ ...first, ...pending, sequence: 2, name: 'unmarked', command: 'echo unseen' });
  await danube.running.container.resolve(Tokens.CancelJob).execute(id, 'enough');
  expect(await danube.log(id)).toMatch(/\[unmarked\] \[stdout\] unseen/);
});

test('a pending job waits for the next master', async () => {
  danube = await TestDanube.start('from danube import step\nstep.run("echo begun; sleep 1", name="x")\n', {
    max_concurrent_jobs: 1,
  });
  const first = await danube.trigger();
  danube.project.commit({ note: '2' });
  const second = await danube.trigger();
  await danube.logHas(first.id, 'begun');
  await danube.halt();
  await danube.boot();
  expect((await danube.until(first.id)).status).toBe('success');
  expect((await danube.until(second.id)).status).toBe('success');
  expect((await danube.running.container.resolve(Tokens.JobRepository).listUnfinished()).length).toBe(0);
});

test.each([
  ['cancel_running', ['cancelled', 'cancelled', 'running']],
  ['replace', ['running', 'cancelled', 'pending']],
  ['queue', ['running', 'pending', 'pending']],
] as const)(
  'with %s, a crash between new jobs and the end of those that they replace changes nothing in the end',
  async (concurrency, expected) => {
    const waits = 'from danube import step\nstep.run("echo begun; sleep 600", name="wait")\n';
    danube = await TestDanube.start(waits, { max_concurrent_jobs: 1, concurrency });
    const ids = [(await danube.trigger()).id];
    await danube.logHas(ids[0] ?? '', 'begun');
    // the crash: what comes after the commit never happens
    const release = vi.spyOn(EnqueueJob.prototype, 'release').mockResolvedValue();
    for (const note of ['second', 'third']) {
      danube.project.commit({ note });
      ids.push((await danube.trigger()).id);
    }
    release.mockRestore();
    await danube.halt();
    await danube.boot();
    const jobs = await Promise.all(ids.map((id, index) => danube.until(id, expected[index] ?? 'running')));
    expect(jobs.map(({ status }) => status)).toEqual(expected);
    for (const job of jobs.filter(({ status }) => status === 'cancelled')) {
      expect(job.reason).toBe(`replaced by job ${ids[2]} (#3)`);
      expect(await danube.log(job.id)).toContain('replaced by job');
    }
  },
);
