import { expect, test } from 'vitest';
import { formatDuration } from '../time/format-duration.js';
import { checkEnvironment } from './job-environment.js';
import type { Job } from './job.js';
import { fullRef, shortRef } from './short-ref.js';
import { supersededJobs } from './supersede.js';

test.each([
  ['refs/heads/main', 'main'],
  ['refs/heads/feature/a', 'feature/a'],
  ['refs/tags/v1', 'v1'],
  ['refs/pull/7/head', 'refs/pull/7/head'],
])('%s is %s for people', (full, short) => {
  expect(shortRef(full)).toBe(short);
});

test.each([
  ['main', 'refs/heads/main'],
  ['refs/tags/v1', 'refs/tags/v1'],
])('%s is %s for Git', (short, full) => {
  expect(fullRef(short)).toBe(full);
});

test.each([
  ['queue', []],
  ['replace', ['waiting']],
  ['cancel_running', ['working', 'waiting']],
] as const)('with %s a newer job displaces %j', (policy, displaced) => {
  const unfinished = [
    { id: 'working', status: 'running' },
    { id: 'waiting', status: 'pending' },
  ] as Job[];
  expect(supersededJobs(policy, unfinished).map(({ id }) => id)).toEqual(displaced);
});

test.each([
  [0, '0ms'],
  [999, '999ms'],
  [1_000, '1s'],
  [61_000, '1m 1s'],
  [5_400_000, '1h 30m'],
  [90_061_000, '1d 1h'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [{ '1A': 'x' }, /"1A" must match/],
  [{ 'A-B': 'x' }, /"A-B" must match/],
  [{ DANUBE_TOKEN: 'x' }, /names that start with DANUBE_ are set by Danube/],
  [{ A: 'x\0y' }, /"A" holds a NUL byte/],
  [{ A: 'x'.repeat(70_000) }, /at most 65536 are accepted/],
])('environment that cannot work is refused', (env, message) => {
  expect(() => checkEnvironment(env as Record<string, string>)).toThrow(message);
});

test('ordinary environment passes as it is', () => {
  expect(checkEnvironment({ A: '1', _b2: 'ü\n"' })).toEqual({ A: '1', _b2: 'ü\n"' });
});
