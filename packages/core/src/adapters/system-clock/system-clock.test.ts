import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SystemClock } from './system-clock.js';

const day = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

test.each([0, 5, day, 25 * day, 400 * day])('calls back once, %i ms ahead', (delay) => {
  const clock = new SystemClock();
  const calls: number[] = [];
  clock.callAt(clock.now() + delay, () => calls.push(clock.now()));
  vi.advanceTimersByTime(Math.max(0, delay - 1));
  expect(calls).toEqual(delay === 0 ? [1_000_000] : []);
  vi.advanceTimersByTime(2 * day);
  expect(calls).toEqual([1_000_000 + delay]);
});

test('a time in the past is called back at once, but not synchronously', () => {
  const callback = vi.fn();
  new SystemClock().callAt(0, callback);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(callback).toHaveBeenCalledOnce();
});

test.each([10, 100 * day])('cancelled, %i ms ahead, it stays silent', (delay) => {
  const clock = new SystemClock();
  const callback = vi.fn();
  const timer = clock.callAt(clock.now() + delay, callback);
  vi.advanceTimersByTime(delay / 2);
  timer.cancel();
  vi.advanceTimersByTime(delay * 2);
  expect(callback).not.toHaveBeenCalled();
});

test('a wall clock that was set back does not bring the call forward', () => {
  const clock = new SystemClock();
  const callback = vi.fn();
  clock.callAt(clock.now() + 1000, callback);
  vi.setSystemTime(500_000);
  vi.advanceTimersByTime(1000);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(500_000);
  expect(callback).toHaveBeenCalledOnce();
});

test('a delay ends after its time, however the clock was set', () => {
  const clock = new SystemClock();
  const callback = vi.fn();
  clock.callAfter(1000, callback);
  const cancelled = clock.callAfter(1000, () => expect.fail('it was cancelled'));
  cancelled.cancel();
  vi.setSystemTime(0);
  vi.advanceTimersByTime(999);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(callback).toHaveBeenCalledOnce();
});
