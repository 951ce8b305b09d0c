import { describe, expect, test } from 'vitest';
import { awaitOutput } from '../collect-process.js';
import { collectProcess } from '../collect-process.js';
import { never, type RuntimeBench } from './runtime-bench.js';

/** That no byte is lost, doubled or out of order. */
export function outputContract(bench: RuntimeBench, largeOutputBytes: number): void {
  describe('output', () => {
    test('is followed from any byte on, and read again', async () => {
      const job = await bench.startJob();
      const { spec } = await bench.runStep(job, 'echo 0123456789; echo abcdef >&2');
      const { stdout, stderr, end } = await collectProcess(bench.harness.reopen(), spec, { stdout: 4, stderr: 7 });
      expect([stdout.toString(), stderr.toString()]).toEqual(['456789\n', '']);
      expect(end).toMatchObject({ exitCode: 0 });
      expect((await bench.runtime.readOutput(spec, 'stdout', 2, 3)).toString()).toBe('234');
      expect((await bench.runtime.readOutput(spec, 'stderr', 5, 100)).toString()).toBe('f\n');
      expect(await bench.runtime.readOutput(spec, 'stderr', 100, 100)).toHaveLength(0);
    });

    test('arrives while the step runs; to stop following does not stop the step', async () => {
      const job = await bench.startJob();
      const spec = bench.step(job, 'echo first; until [ -e go ]; do sleep 0.05; done; echo second');
      await bench.runtime.startStep(spec);
      expect(await awaitOutput(bench.runtime, spec, (text) => text.includes('first'))).toBe('first\n');
      await bench.runStep(job, 'touch go');
      const { stdout, end } = await collectProcess(bench.runtime, spec, { stdout: 6, stderr: 0 });
      expect([stdout.toString(), end]).toEqual(['second\n', expect.objectContaining({ exitCode: 0 })]);
    });

    test('may be binary', async () => {
      const { spec } = await bench.runStep(
        await bench.startJob(),
        String.raw`printf '\000\377\200\n\001'; printf '\376' >&2`,
      );
      const { stdout, stderr } = await collectProcess(bench.runtime, spec);
      expect([stdout.toString('hex'), stderr.toString('hex')]).toEqual(['00ff800a01', 'fe']);
    });

    test('of a large size arrives whole', { timeout: 120_000 }, async () => {
      const spec = bench.step(
        await bench.startJob(),
        `yes 0123456789abcde | head -c ${largeOutputBytes}; echo end >&2`,
      );
      await bench.runtime.startStep(spec);
      let bytes = 0;
      let whole = true;
      const line = '0123456789abcde\n';
      const pattern = Buffer.from(line.repeat(2 ** 16 + 1));
      for await (const event of bench.runtime.follow(spec, { stdout: 0, stderr: 0 }, never)) {
        if (event.kind !== 'output' || event.stream !== 'stdout') continue;
        const shift = event.offset % line.length;
        whole &&= event.offset === bytes && pattern.subarray(shift, shift + event.bytes.length).equals(event.bytes);
        bytes += event.bytes.length;
      }
      expect([whole, bytes]).toEqual([true, largeOutputBytes]);
    });

    test('may be closed by a step that goes on', async () => {
      const job = await bench.startJob();
      const { stdout, end } = await bench.runStep(job, 'echo said; exec >&- 2>&-; sleep 0.2; touch went-on; exit 3');
      expect([stdout, end]).toEqual(['said\n', expect.objectContaining({ exitCode: 3 })]);
      expect((await bench.runStep(job, 'ls went-on')).stdout).toBe('went-on\n');
    });

    test('is not lost where a command opens it again by name', async () => {
      const job = await bench.startJob();
      const { stdout, stderr } = await bench.runStep(job, 'echo a; echo b | tee /dev/stderr; echo c >/dev/stderr');
      expect([stdout, stderr]).toEqual(['a\nb\n', 'b\nc\n']);
    });

    test('is whole and ended although a daemon keeps it open and goes on printing', async () => {
      const job = await bench.startJob();
      const { stdout, end } = await bench.runStep(job, '(while :; do echo tick; done) & echo said; exit 4');
      expect(end).toMatchObject({ exitCode: 4 });
      expect(stdout).toContain('said\n');
    });
  });
}
