import { expect, test } from 'vitest';
import { sampleJobDetail, sampleStep } from '../test-samples.ts';
import { placeOf, timelineOf } from './timeline.ts';

const at = (time: string) => Date.parse(`2026-01-06T${time}Z`);
const summary = (...args: Parameters<typeof timelineOf>) =>
  timelineOf(...args).stretches.map(({ name, from, to, status }) => [name, (to - from) / 1000, status]);

test('the time of a job is that in the queue, until its program started, and of its steps', () => {
  const job = sampleJobDetail({ steps: [sampleStep(1), sampleStep(2, { status: 'failure' })] });
  expect(summary(job, at('13:00:00'))).toEqual([
    ['queue', 2, 'success'],
    ['checkout', 3, 'success'],
    ['step 1', 30, 'success'],
    ['step 2', 30, 'failure'],
  ]);
  expect(timelineOf(job, at('13:00:00'))).toMatchObject({ from: at('12:00:00'), to: at('12:01:05') });
});

test('what goes on lasts until now', () => {
  const running = sampleJobDetail({
    status: 'running',
    finished_at: undefined,
    steps: [sampleStep(1, { status: 'running', finished_at: undefined })],
  });
  expect(summary(running, at('12:00:30')).at(-1)).toEqual(['step 1', 20, 'running']);
  const pending = sampleJobDetail({
    status: 'pending',
    scheduled_at: undefined,
    started_at: undefined,
    finished_at: undefined,
  });
  expect(summary(pending, at('12:00:30'))).toEqual([['queue', 30, 'running']]);
});

test('a job that ended in the queue waited until its end and no longer', () => {
  const cancelled = sampleJobDetail({ status: 'cancelled', scheduled_at: undefined, started_at: undefined });
  expect(summary(cancelled, at('13:00:00'))).toEqual([['queue', 65, 'cancelled']]);
});

test('a clock that is behind that of the server makes nothing negative', () => {
  const job = sampleJobDetail({ finished_at: undefined, steps: [sampleStep(1, { finished_at: undefined })] });
  for (const { from, to } of timelineOf(job, at('11:00:00')).stretches) expect(to).toBeGreaterThanOrEqual(from);
});

test('stretches stand where they were, and the shortest can be seen', () => {
  const whole = { from: 0, to: 1000, stretches: [] };
  const place = (from: number, to: number) =>
    placeOf({ name: '', status: 'success', from, to, step: undefined }, whole);
  expect(place(250, 750)).toEqual({ left: 25, width: 50 });
  expect(place(1000, 1000)).toEqual({ left: 99.5, width: 0.5 });
});
