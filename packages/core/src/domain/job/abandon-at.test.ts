import { expect, test } from 'vitest';
import { abandonAt } from './abandon-at.js';

test.each([
  ['kill', 1_000_000, 1_600_000],
  ['warn', 1_000_000, 88_000_000],
] as const)('with timeout_action %s a deadline of %i is over at %i', (action, deadlineAt, expected) => {
  expect(abandonAt(deadlineAt, action)).toBe(expected);
});
