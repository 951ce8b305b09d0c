import { expect, test } from 'vitest';
import { parseDuration } from './duration.js';

test.each([
  ['250ms', 250],
  ['60s', 60_000],
  ['30m', 1_800_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['0s', 0],
])('%s is %i ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each(['', '60', '60 s', '-1s', '1.5h', '1w', 's', '99999999999999999d'])('"%s" is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
