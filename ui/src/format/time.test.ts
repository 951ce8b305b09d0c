import { expect, test } from 'vitest';
import { formatRelative, formatUtc } from './time.ts';

const at = Date.parse('2026-01-06T12:00:00.000Z');

test.each([
  [-3_000, 'now'],
  [3_000, 'now'],
  [-15_000, '15 s ago'],
  [-119_000, '1 min ago'],
  [-7_200_000, '2 h ago'],
  [600_000, 'in 10 min'],
])('%d ms from now is "%s"', (difference, words) => {
  expect(formatRelative(new Date(at + difference).toISOString(), at)).toBe(words);
});

test('after a day it is a date', () => {
  expect(formatRelative(new Date(at - 86_400_000).toISOString(), at)).toMatch(/5/);
});

test('UTC is said to be UTC', () => {
  expect(formatUtc('2026-01-06T12:34:56.789Z')).toBe('2026-01-06 12:34:56 UTC');
});
