import { describe, expect, test } from 'vitest';
import { collectProcess } from '../collect-process.js';
import { forever, type RuntimeBench } from './runtime-bench.js';

const awkward = `it's "quoted" $(echo no) \`echo no\` \\ $HOME\n\nnew lines *\t; exit 9 #'`;

/** That a step runs once, and with what. */
export function stepContract(bench: RuntimeBench): void {
  describe('a step', () => {
    test('runs once when it is asked for many times at once, and again by another master', async () => {
      const job = await bench.startJob();
      const spec = bench.step(job, 'echo ran >>runs; sleep 0.2; cat runs');
      const other = bench.harness.reopen();
      await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? bench.runtime : other).startStep(spec)));
      const { stdout, end } = await collectProcess(other, spec);
      await bench.harness.reopen().startStep(spec);
      expect((await collectProcess(bench.runtime, spec)).end).toEqual(end);
      expect(stdout.toString()).toBe('ran\n');
      expect((await bench.runStep(job, 'cat runs')).stdout).toBe('ran\n');
    });

    test('has both streams, its exit code and its times', async () => {
      const job = await bench.startJob();
      const before = Date.now();
      const { stdout, stderr, end } = await bench.runStep(job, 'echo out; echo err >&2; exit 7');
      expect([stdout, stderr]).toEqual(['out\n', 'err\n']);
      expect(end).toMatchObject({ kind: 'exited', exitCode: 7 });
      if (end?.kind !== 'exited') return;
      expect(end.startedAt).toBeGreaterThanOrEqual(before - 1000);
      expect(end.finishedAt).toBeGreaterThanOrEqual(end.startedAt);
    });

    test.each([
      ['kill -9 $$', 137],
      ['kill -TERM $$', 143],
      ['no-such-command-anywhere', 127],
    ])('that ends by `%s` has exit code %d', async (command, exitCode) => {
      expect((await bench.runStep(await bench.startJob(), command)).end).toMatchObject({ kind: 'exited', exitCode });
    });

    test('gets its environment as it is, after that of the job', async () => {
      const job = await bench.startJob();
      const [name] = Object.keys(job.env);
      const { stdout } = await bench.runStep(job, `printf '%s|' "$AWKWARD" "$EMPTY" "$${name}" "$DANUBE_JOB_ID"`, {
        AWKWARD: awkward,
        EMPTY: '',
      });
      expect(stdout).toBe([awkward, '', job.env[name ?? ''], job.jobId, ''].join('|'));
      expect((await bench.runStep(job, `printf %s "$${name}"`, { [name ?? '']: 'own' })).stdout).toBe('own');
      await expect(bench.runtime.startStep(bench.step(job, 'true', { 'a b': '' }))).rejects.toMatchObject({
        code: 'env_invalid',
      });
    });

    test('takes a command of 300 kB, of several lines and with quotes', async () => {
      const text = 'x'.repeat(300_000);
      const { stdout } = await bench.runStep(await bench.startJob(), `printf %s '${text}'\nprintf '\\n%s' "it's"`);
      expect(stdout).toBe(`${text}\nit's`);
    });

    test('has no input', async () => {
      expect((await bench.runStep(await bench.startJob(), 'cat; echo end')).stdout).toBe('end\n');
    });

    test('that was never started is lost, although its job runs', async () => {
      const spec = bench.step(await bench.startJob(), 'true');
      expect((await collectProcess(bench.runtime, spec)).end).toMatchObject({ kind: 'lost' });
    });

    test('of a job that is not there is refused', async () => {
      const spec = bench.step(bench.harness.job(forever), 'true');
      await expect(bench.runtime.startStep(spec)).rejects.toMatchObject({ code: 'job_not_started' });
      const { end } = await collectProcess(bench.runtime, spec);
      expect(end).toMatchObject({ kind: 'lost' });
    });
  });
}
