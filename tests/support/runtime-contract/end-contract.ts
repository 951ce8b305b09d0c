import { describe, expect, test } from 'vitest';
import { awaitOutput } from '../collect-process.js';
import { collectProcess } from '../collect-process.js';
import { coordinator, forever, type RuntimeBench } from './runtime-bench.js';

// nobody may have asked yet for the end of an orphan: a zombie has gone, too
const isGone = '! kill -0 $pid || grep -q "State:.Z" /proc/$pid/status';

/** How processes are ended, and what is left of a job. */
export function endContract(bench: RuntimeBench): void {
  describe('stopping', () => {
    test('ends a step with everything that it started, and the end is on record', async () => {
      const job = await bench.startJob();
      const spec = bench.step(job, 'sleep 998 & echo $! >pids; setsid sleep 999 & echo $! >>pids; echo up; wait');
      await bench.runtime.startStep(spec);
      await awaitOutput(bench.runtime, spec, (text) => text.includes('up'));
      await bench.runtime.stop(spec, 5000);
      expect((await collectProcess(bench.runtime, spec)).end).toMatchObject({ kind: 'exited', exitCode: 143 });
      const { stdout } = await bench.runStep(job, `for pid in $(cat pids); do ${isGone} && echo gone; done`);
      expect(stdout).toBe('gone\ngone\n');
      await bench.runtime.stop(spec, 5000);
    });

    test('kills what does not obey, also in the middle of its output', async () => {
      const job = await bench.startJob();
      const spec = bench.step(job, `trap '' TERM; echo up; while :; do echo more; done`);
      await bench.runtime.startStep(spec);
      await awaitOutput(bench.runtime, spec, (text) => text.includes('up'));
      const collected = collectProcess(bench.runtime, spec);
      await bench.runtime.stop(spec, 50);
      const { stdout, end } = await collected;
      expect(end).toMatchObject({ kind: 'exited', exitCode: 137 });
      expect(stdout.toString()).toMatch(/^up\n(more\n)*/);
      expect(
        (await collectProcess(bench.runtime, coordinator(job), undefined, AbortSignal.timeout(50))).end,
      ).toBeUndefined();
    });

    test('of a job ends its coordinator, its steps and their daemons, and nothing of it starts after', async () => {
      const job = await bench.startJob();
      const { spec } = await bench.runStep(job, 'setsid sleep 997 >/dev/null 2>&1 & echo $!');
      const running = bench.step(job, forever);
      await bench.runtime.startStep(running);
      await bench.runtime.stopJob(job.jobId, 2000);
      expect((await collectProcess(bench.runtime, coordinator(job))).end).toMatchObject({ exitCode: 143 });
      expect((await collectProcess(bench.runtime, running)).end).toMatchObject({ exitCode: 143 });
      expect((await collectProcess(bench.runtime, spec)).end).toMatchObject({ exitCode: 0 });
      await expect(bench.runtime.startStep(bench.step(job, 'true'))).rejects.toMatchObject({ code: 'job_stopped' });
      await bench.runtime.stopJob(job.jobId, 2000);
    });
  });

  test('cleaning up removes the job, and twice does no harm', async () => {
    const job = await bench.startJob('mkdir -p deep/er; touch deep/er/file; chmod 500 deep/er deep');
    await collectProcess(bench.runtime, coordinator(job));
    expect(await bench.runtime.listJobs()).toEqual([job.jobId]);
    await bench.runtime.stopJob(job.jobId, 0);
    await bench.runtime.cleanUp(job.jobId);
    await bench.harness.reopen().cleanUp(job.jobId);
    expect(await bench.runtime.listJobs()).toEqual([]);
    expect(await bench.runtime.adopt(job.jobId, job.connection)).toBe('not_started');
    expect((await collectProcess(bench.runtime, coordinator(job))).end).toMatchObject({ kind: 'lost' });
  });
}
