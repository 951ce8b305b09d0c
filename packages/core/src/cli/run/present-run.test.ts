import { stripVTControlCharacters } from 'node:util';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { beforeEach, expect, test, vi } from 'vitest';
import { presentRun } from './present-run.js';
import type { RunEvent } from '../../domain/job/run-event.js';

const start = Date.UTC(2026, 0, 6, 12);

beforeEach(() => {
  // the spinner looks at the process and not at the terminal that it is given
  vi.stubEnv('CI', undefined);
  vi.stubEnv('TERM', 'xterm');
  return () => vi.unstubAllEnvs();
});

const greenRun: readonly RunEvent[] = [
  { kind: 'job-started', jobId: '0193', pipeline: 'build', branch: 'main', time: start },
  { kind: 'step-started', sequence: 1, name: 'test', time: start + 100 },
  { kind: 'output', step: 'test', stream: 'stdout', text: 'collected 3 items', time: start + 1200 },
  { kind: 'output', step: 'test', stream: 'stderr', text: 'a warning', time: start + 1300 },
  { kind: 'step-finished', sequence: 1, name: 'test', status: 'success', exitCode: 0, durationMs: 1500 },
  { kind: 'finished', status: 'success', reason: undefined, durationMs: 1700 },
];

const noise = Array.from({ length: 30 }, (_, index) => ({
  kind: 'output' as const,
  step: 'test',
  stream: 'stdout' as const,
  text: `line ${index + 1}`,
  time: start + 200,
}));

const redRun: readonly RunEvent[] = [
  ...greenRun.slice(0, 2),
  ...noise,
  { kind: 'step-started', sequence: 2, name: 'lint', time: start + 300 },
  { kind: 'step-finished', sequence: 1, name: 'test', status: 'failure', exitCode: 2, durationMs: 1500 },
  { kind: 'finished', status: 'failure', reason: 'step "test" failed with exit code 2', durationMs: 1700 },
];

async function* replay(events: readonly RunEvent[]): AsyncIterable<RunEvent> {
  for (const event of events) yield await Promise.resolve(event);
}

test('a pipe gets plain lines with times and step names, and the summary', async () => {
  const terminal = fakeTerminal();
  expect(await presentRun(replay(greenRun), terminal, { json: false })).toBe(0);
  expect(terminal.stdout()).toBe(
    [
      'build on main 0193',
      '▶ test',
      '   1.2s test           │ collected 3 items',
      '   1.3s test           │ a warning',
      '✔ test 1.5s',
      '',
      'STEP  STATUS   EXIT  DURATION',
      'test  success     0      1.5s',
      '',
      'success in 1.7s',
      '',
    ].join('\n'),
  );
});

test('a failed step is shown once more with its last lines, and the exit code is 1', async () => {
  const terminal = fakeTerminal();
  expect(await presentRun(replay(redRun), terminal, { json: false })).toBe(1);
  const [, tail] = terminal.stdout().split('Last lines of test:\n');
  expect(tail?.split('\n').slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, index) => `  line ${index + 11}`));
  expect(tail).toMatch(/\n\nfailure in 1\.7s: step "test" failed with exit code 2\n$/);
  // lint never said how it ended: it went down with the job
  expect(terminal.stdout()).toMatch(/^lint {2}failure *$/m);
});

test('where no step failed, the pipeline’s own last lines are in sight', async () => {
  const terminal = fakeTerminal();
  const events: RunEvent[] = [
    ...greenRun.slice(0, 1),
    { kind: 'output', step: 'coordinator', stream: 'stderr', text: 'SyntaxError: invalid syntax', time: start },
    { kind: 'finished', status: 'failure', reason: 'the pipeline ended with exit code 1', durationMs: 40 },
  ];
  expect(await presentRun(replay(events), terminal, { json: false })).toBe(1);
  expect(terminal.stdout()).toContain('Last lines of coordinator:\n  SyntaxError: invalid syntax\n');
});

test('a terminal gets a moving last line that is gone at the end', async () => {
  const terminal = fakeTerminal({ isTTY: true, env: { TERM: 'xterm' } });
  await presentRun(replay(greenRun), terminal, { json: false });
  const drawn = terminal.stdout();
  expect(stripVTControlCharacters(drawn)).toMatch(/[⠋⠙⠹] test 0s/);
  expect(drawn.lastIndexOf('\u001B[?25h')).toBeGreaterThan(drawn.lastIndexOf('\u001B[?25l'));
  expect(stripVTControlCharacters(drawn)).toContain('STEP  STATUS   EXIT  DURATION');
});

test('an engine that breaks off gives its error, and the terminal back', async () => {
  const terminal = fakeTerminal({ isTTY: true, env: { TERM: 'xterm' } });
  async function* breaking(): AsyncIterable<RunEvent> {
    yield* replay(greenRun.slice(0, 3));
    throw new Error('the disk is full');
  }
  await expect(presentRun(breaking(), terminal, { json: false })).rejects.toThrow('the disk is full');
  expect(terminal.stdout().endsWith('\u001B[?25h')).toBe(true);
});

test('--json prints one object per event and a summary last', async () => {
  const terminal = fakeTerminal({ isTTY: true });
  expect(await presentRun(replay(redRun), terminal, { json: true })).toBe(1);
  const lines = terminal
    .stdout()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(redRun.length + 1);
  expect(lines[0]).toEqual({ kind: 'job-started', job_id: '0193', pipeline: 'build', branch: 'main', time: start });
  expect(lines.at(-1)).toEqual({
    kind: 'summary',
    status: 'failure',
    reason: 'step "test" failed with exit code 2',
    duration_ms: 1700,
    steps: [
      { sequence: 1, name: 'test', status: 'failure', exit_code: 2, duration_ms: 1500 },
      { sequence: 2, name: 'lint', status: 'failure' },
    ],
  });
});

test('a run that ends without a result is a failure', async () => {
  expect(await presentRun(replay(greenRun.slice(0, -1)), fakeTerminal(), { json: false })).toBe(1);
});
