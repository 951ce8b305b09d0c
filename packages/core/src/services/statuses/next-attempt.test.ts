import { DanubeError, type ErrorCategory } from '@danube/plugin-api';
import { sampleJob } from '@danube/test-support/database-samples.js';
import { expect, test } from 'vitest';
import type { Job } from '../../domain/job/job.js';
import type { JobStatus } from '../../domain/job/job-status.js';
import { nextAttemptAt } from './next-attempt.js';

const now = 1_000_000_000;
const hours = 3_600_000;

function job(status: JobStatus, finishedAt?: number): Job {
  const times = { scheduledAt: 1, startedAt: 1, finishedAt, deadlineAt: undefined, logRemovedAt: undefined };
  return { ...sampleJob('j', { createdAt: 1 }), number: 1, pipelineName: 'web', status, reason: undefined, ...times };
}
const ended = (hoursAgo: number) => job('success', now - hoursAgo * hours);
const down = new DanubeError('down', 'down', { category: 'unavailable' });
const busy = (retryAfterMs: number) => new DanubeError('busy', 'busy', { category: 'unavailable', retryAfterMs });
const refused = (category: ErrorCategory) => new DanubeError('refused', 'refused', { category });

test.each<[string, Job, number, unknown, number | undefined]>([
  ['the first failure', ended(0), 1, down, 2_000],
  ['the third', ended(0), 3, down, 8_000],
  ['the twentieth', ended(0), 20, down, 900_000],
  ['a count beyond any number', ended(0), 5_000, down, 900_000],
  ['an error that nobody knows', ended(0), 1, new TypeError('x'), 2_000],
  ['a forge that says when', ended(0), 1, busy(60_000), 60_000],
  ['a forge that says sooner than is kind', ended(0), 5, busy(1_000), 32_000],
  ['an end that no forge could take', ended(0), 1, refused('invalid'), undefined],
  ['a beginning that no forge could take', job('running'), 1, refused('invalid'), 2_000],
  ['an end with a token that expired', ended(0), 1, refused('unauthenticated'), 2_000],
  ['an end without the permission', ended(0), 12, refused('forbidden'), 3_600_000],
  ['an end in a repository that the token may not see', ended(47.8), 1, refused('not_found'), 2_000],
  ['a refusal for 48 hours', ended(47.8), 20, refused('forbidden'), undefined],
  ['a job that runs for days', job('running'), 20, down, 900_000],
  ['just within 48 hours', ended(47.7), 20, down, 900_000],
  ['after 48 hours', ended(47.8), 20, down, undefined],
  ['a forge that wants to wait longer', ended(0), 1, busy(49 * hours), undefined],
])('%s', (_case, of, attempts, error, delay) => {
  expect(nextAttemptAt(of, attempts, error, now, 1)).toBe(delay === undefined ? undefined : now + delay);
});

test('what fails together does not come back together', () => {
  expect(nextAttemptAt(ended(0), 10, down, now, 0)).toBe(now + 675_000);
  expect(nextAttemptAt(ended(0), 10, busy(900_000), now, 0)).toBe(now + 900_000);
});
