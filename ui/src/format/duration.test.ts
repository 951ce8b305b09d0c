import { expect, test } from 'vitest';
import { formatDuration } from './duration.ts';

test.each([
  [-5, '0.0 s'],
  [0, '0.0 s'],
  [440, '0.4 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [187_000, '3 min 07 s'],
  [3_599_400, '59 min 59 s'],
  [3_599_700, '1 h 00 min'],
  [7_500_000, '2 h 05 min'],
])('%d ms are %s', (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});
