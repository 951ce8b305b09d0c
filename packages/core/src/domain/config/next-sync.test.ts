import { expect, test } from 'vitest';
import { delayUntilNextSync } from './next-sync.js';

test.each([
  [60_000, 0, 60_000],
  [60_000, 1, 120_000],
  [60_000, 2, 240_000],
  [60_000, 4, 600_000],
  [60_000, 1000, 600_000],
  [3_600_000, 3, 3_600_000],
])('interval %i after %i failures: %i', (interval, failures, expected) => {
  expect(delayUntilNextSync(interval, failures)).toBe(expected);
});
