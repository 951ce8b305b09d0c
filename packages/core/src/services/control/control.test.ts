import { expect, test } from 'vitest';
import type { Step } from '../../domain/step/step.js';
import { exitFacts } from './exit-facts.js';
import { formatListenAddress, parseListenAddress } from './listen-address.js';
import { readRunStepRequest } from './read-run-step-request.js';
import { readStatusReport } from './read-status-report.js';

const request = { job_id: 'job-1', sequence: 2, command: 'make' };

test('fields that are absent have the defaults of protobuf', () => {
  expect(readRunStepRequest(request)).toEqual({
    sequence: 2,
    name: 'step-2',
    command: 'make',
    env: {},
    timeoutSeconds: undefined,
    image: undefined,
    follow: false,
    received: { stdout: 0, stderr: 0 },
    captureLimitBytes: 0,
  });
});

test.each([
  ['sequence', 0, 'the number of the step'],
  ['sequence', 1.5, 'a whole number'],
  ['sequence', '1', 'a whole number'],
  ['command', '', 'a shell command line'],
  ['command', 7, 'text'],
  ['command', 'a\0b', 'without NUL'],
  ['command', 'ü'.repeat(600_000), 'at most 1048576 bytes'],
  ['step_name', 'n'.repeat(201), 'at most 200 characters'],
  ['step_name', 'a\u001b[31m', 'one line without control characters'],
  ['image', 'i'.repeat(501), 'at most 500 characters'],
  ['timeout_seconds', 0, 'at least 1'],
  ['timeout_seconds', 2 ** 32, 'from 0 to 4294967295'],
  ['follow', 'yes', 'true or false'],
  ['stdout_offset', -1, 'a whole number'],
  ['capture_limit_bytes', 2 ** 27, 'from 0 to 67108864'],
  ['env', ['A=1'], 'an object'],
  ['env', { A: 1 }, 'env.A must be text'],
  ['env', Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`V${i}`, ''])), 'at most 1000 entries'],
  ['env', { DANUBE_TOKEN: 'x' }, 'are set by Danube'],
])('%s = %o is refused with what is accepted', (field, value, accepted) => {
  expect(() => readRunStepRequest({ ...request, [field]: value })).toThrow(accepted);
});

test('a report names one of the known states', () => {
  expect(readStatusReport({ status: 'failure', error_message: 'why' })).toEqual({ status: 'failure', message: 'why' });
  expect(() => readStatusReport({ status: 'done' })).toThrow('one of running, success, failure');
  expect(() => readStatusReport({ status: 'failure', error_message: 'x'.repeat(10_001) })).toThrow('10000');
});

test.each<[Step['status'], number | undefined, number]>([
  ['success', 0, 0],
  ['failure', 3, 3],
  ['failure', undefined, -1],
  ['timeout', 0, -1],
  ['cancelled', 143, 143],
])('a step with status %s and exit code %o is told as %i', (status, exitCode, told) => {
  const step = { status, exitCode, reason: undefined, startedAt: undefined, finishedAt: 5 } as unknown as Step;
  const facts = exitFacts({ kind: 'exit', step, skipped: { stdout: 1, stderr: 2 } });
  expect(facts).toEqual({
    exit_code: told,
    status,
    reason: '',
    started_at_ms: 0,
    finished_at_ms: 5,
    stdout_skipped: 1,
    stderr_skipped: 2,
  });
});

test.each(['127.0.0.1:0', 'localhost:9000', '[::1]:9090'])('%s is an address', (text) => {
  expect(formatListenAddress(parseListenAddress(text))).toBe(text);
});

test.each(['9000', 'localhost', '::1:80', 'a:b', 'host:65536', ' host:1'])('"%s" is none', (text) => {
  expect(() => parseListenAddress(text)).toThrow('write host:port');
});
