import { sampleJob } from '@danube/test-support/database-samples.js';
import { expect, test } from 'vitest';
import type { Job } from '../../domain/job/job.js';
import { jobStatuses } from '../../domain/job/job-status.js';
import { commitStateOf } from './commit-state.js';
import { describeJob } from './describe-job.js';

function job(changes: Partial<Job>): Job {
  const times = { scheduledAt: 1, startedAt: 10_000, finishedAt: 73_000, deadlineAt: undefined };
  return {
    ...sampleJob('j'),
    number: 12,
    pipelineName: 'web',
    status: 'success',
    reason: undefined,
    logRemovedAt: undefined,
    ...times,
    ...changes,
  };
}

test.each<[Partial<Job>, string]>([
  [{ status: 'pending' }, '#12 is waiting'],
  [{ status: 'scheduling' }, '#12 is waiting'],
  [{ status: 'running' }, '#12 is running'],
  [{ status: 'success' }, '#12 succeeded in 1m 3s'],
  [{ status: 'failure' }, '#12 failed'],
  [
    { status: 'failure', reason: 'step "test" ended with exit code 1' },
    '#12 failed: step "test" ended with exit code 1',
  ],
  [{ status: 'failure', reason: 'one\r\n\ttwo\u0007\u001b[31m' }, '#12 failed: one two [31m'],
  [{ status: 'failure', reason: 'https://ada:pw@git.example.org/x' }, '#12 failed: https://…@git.example.org/x'],
  [{ status: 'timeout', reason: 'timeout: it may take 1h' }, '#12 took too long: timeout: it may take 1h'],
  [{ status: 'cancelled', reason: 'cancelled by ada' }, '#12 was cancelled: cancelled by ada'],
])('%j is "%s"', (changes, words) => {
  expect(describeJob(job(changes))).toBe(words);
});

test('a long reason is cut between two characters, at most 140 of them', () => {
  for (let length = 100; length < 160; length += 1) {
    const text = describeJob(job({ status: 'failure', reason: `${'x'.repeat(length)}${'🚀'.repeat(30)}` }));
    expect(text.length).toBeLessThanOrEqual(140);
    expect(text.length).toBeGreaterThan(137);
    expect(text).toMatch(/^#12 failed: x+🚀*…$/u);
  }
  expect(describeJob(job({ status: 'failure', reason: 'x'.repeat(128) }))).toHaveLength(140);
});

test('every status of a job has a state beside the commit', () => {
  expect(jobStatuses.map(commitStateOf)).toEqual([
    ...['pending', 'pending', 'running', 'success', 'failure'],
    ...['error', 'error'],
  ]);
});
