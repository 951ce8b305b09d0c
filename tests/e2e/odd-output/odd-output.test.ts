import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

const shell = (command: string) => ({
  file: `import os\nfrom danube import step\nr = step.run(${JSON.stringify(command)}, name="odd", check=True)\nprint("code", r.exit_code)\n`,
});
const longLine = 5_000_000;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({
    binary: shell('cat bytes'),
    closed: shell('echo before; exec >&-; echo nowhere; echo still here >&2; exit 0'),
    long: shell(`head -c ${longLine} /dev/zero | tr '\\0' x`),
    progress: shell(
      'python3 signals.py wait go && touch go & n=0; until [ -e go ]; do n=$((n+1)); printf "%d%%\\r" $n; sleep 0.1; done; echo; echo $n; echo done',
    ),
    named: shell(
      'echo 1 >&2; echo 2 >/dev/stderr; echo 3 >&2; echo 4 >>/dev/stderr; echo a; echo b >/dev/stdout; echo c',
    ),
    nul: shell('printf "a\\0b\\033[31mred\\033[0m\\n"'),
  });
});
afterEach(() => served.expectServing());
afterAll(() => served.stop());

test('binary output stands in the log byte by byte', async () => {
  const bytes = Buffer.concat([randomBytes(200_000), Buffer.from([0, 255, 254, 0xc3, 0x28, 10])]);
  served.project.commit({ bytes });
  const job = await served.run('binary');
  expect(job.status).toBe('success');
  expect((await served.output(job.id, 'odd')).equals(bytes)).toBe(true);
});

test('NUL bytes and colours stay as they are', async () => {
  const job = await served.run('nul');
  expect((await served.output(job.id, 'odd')).toString()).toBe('a\0b\u001b[31mred\u001b[0m\n');
});

test('a step may close its stdout and go on', async () => {
  const job = await served.run('closed');
  expect(job).toMatchObject({ status: 'success', steps: [{ status: 'success', exit_code: 0 }] });
  expect((await served.output(job.id, 'odd')).toString()).toBe('before\n');
  expect((await served.output(job.id, 'odd', 'stderr')).toString()).toMatch(/still here\n$/);
});

test('a line without an end is bounded, and no byte of it is missing', async () => {
  const job = await served.run('long');
  expect(job.status).toBe('success');
  const lines = (await served.output(job.id, 'odd')).toString().trimEnd().split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBe(64 * 1024);
  expect(lines.join('') === 'x'.repeat(longLine)).toBe(true);
});

test('a progress bar is seen while it moves, and has every carriage return', async () => {
  const id = await served.trigger('progress');
  await served.logHas(id, '%\r');
  served.signals.release('go');
  expect((await served.server.ended(id)).status).toBe('success');
  const output = (await served.output(id, 'odd')).toString();
  const count = Number(/^(\d+)\ndone\n$/m.exec(output)?.[1]);
  const bars = Array.from({ length: count }, (_, n) => `${n + 1}%\r`).join('');
  expect(output.replaceAll('\n', '')).toBe(`${bars}${count}done`);
});

test('a step that opens /dev/stderr and /dev/stdout by name loses no line', async () => {
  const job = await served.run('named');
  expect((await served.output(job.id, 'odd', 'stderr')).toString()).toBe('1\n2\n3\n4\n');
  expect((await served.output(job.id, 'odd')).toString()).toBe('a\nb\nc\n');
});
