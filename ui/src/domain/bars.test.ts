import { expect, test } from 'vitest';
import { sampleJob } from '../test-samples.ts';
import { barsOf } from './bars.ts';

test('bars go from the oldest to the newest, in proportion to the longest', () => {
  const newest = sampleJob({ number: 3, finished_at: '2026-01-06T12:00:35.000Z' });
  const oldest = sampleJob({ number: 2 });
  const never = sampleJob({ number: 1, started_at: undefined });
  const bars = barsOf([newest, oldest, never], 0);
  expect(bars.map(({ job, height }) => [job.number, height])).toEqual([
    [1, 0.15],
    [2, 1],
    [3, 0.5],
  ]);
});

test('no jobs are no bars', () => {
  expect(barsOf([], 0)).toEqual([]);
});
