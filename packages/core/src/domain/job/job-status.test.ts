import { expect, test } from 'vitest';
import {
  canTransition,
  isFinal,
  jobStatuses,
  transition,
  unfinishedJobStatuses,
  type JobStatus,
} from './job-status.js';

const allowed: Record<JobStatus, JobStatus[]> = {
  pending: ['scheduling', 'failure', 'timeout', 'cancelled'],
  scheduling: ['pending', 'running', 'failure', 'timeout', 'cancelled'],
  running: ['success', 'failure', 'timeout', 'cancelled'],
  success: [],
  failure: [],
  timeout: [],
  cancelled: [],
};

const pairs = jobStatuses.flatMap((from) => jobStatuses.map((to) => [from, to] as const));

test.each(pairs)('%s → %s', (from, to) => {
  expect(canTransition(from, to)).toBe(allowed[from].includes(to));
});

test('a refused move names both states and what is accepted', () => {
  expect(() => transition('success', 'running')).toThrow(
    /success cannot become running; accepted: nothing, it has ended/,
  );
  expect(() => transition('running', 'pending')).toThrow(/accepted: success, failure, timeout, cancelled/);
});

test('final and unfinished are complements', () => {
  expect(jobStatuses.filter((status) => !isFinal(status))).toEqual(unfinishedJobStatuses);
});
