import { expect, test } from 'vitest';
import { clockTime, sinceStart } from './line-times.ts';

test.each([
  [0, '+0:00.000'],
  [1_234, '+0:01.234'],
  [61_000, '+1:01.000'],
  [3_600_000, '+60:00.000'],
  [-5, '+0:00.000'],
])('%i ms after the start', (ms, expected) => {
  expect(sinceStart(1_000_000 + ms, 1_000_000)).toBe(expected);
});

test('the clock shows milliseconds', () => {
  expect(clockTime(Date.UTC(2026, 0, 6, 12, 34, 56, 789))).toMatch(/:34:56.789$/);
});
