import { expect, test } from 'vitest';
import { compareQuantities, parseQuantity } from './quantity.js';

test.each([
  ['2', 2000],
  ['0.5', 500],
  ['500m', 500],
  ['1.5', 1500],
  ['1k', 1_000_000],
  ['1Ki', 1_024_000],
  ['1.5Gi', 1.5 * 1024 ** 3 * 1000],
  ['1Ti', 1024 ** 4 * 1000],
  ['1T', 1000 ** 5],
  ['9Ti', 9 * 1024 ** 4 * 1000],
  ['', undefined],
  ['-1', undefined],
  ['1 Gi', undefined],
  ['1GB', undefined],
  ['1gi', undefined],
  ['1e3', undefined],
  ['.5', undefined],
  ['Gi', undefined],
])('%j is %j thousandths', (text, expected) => {
  expect(parseQuantity(text)).toBe(expected);
});

test.each([
  ['500m', '0.5', 0],
  ['1Gi', '1G', 1],
  ['1023Mi', '1Gi', -1],
  ['0.1', '100m', 0],
])('%s compares with %s as %i', (one, other, expected) => {
  expect(Math.sign(compareQuantities(one, other))).toBe(expected);
});
