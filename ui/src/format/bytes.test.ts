import { expect, test } from 'vitest';
import { formatBytes } from './bytes.ts';

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [4_230, '4.2 kB'],
  [31_400_000, '31 MB'],
  [2e15, '2000 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
