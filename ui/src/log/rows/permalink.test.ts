import { expect, test } from 'vitest';
import { contains, extendTo, parsePermalink, permalink } from './permalink.ts';

test.each([
  ['#L120', { first: 120, last: 120 }],
  ['#L120-L131', { first: 120, last: 131 }],
  ['#L131-L120', { first: 120, last: 131 }],
])('%s names lines, and is written again', (hash, range) => {
  expect(parsePermalink(hash)).toEqual(range);
  expect(parsePermalink(permalink(range))).toEqual(range);
});

test.each(['', '#', '#L0', '#L', '#L1-', '#L1-L', '#L1-2', '#Lx', '#L-1', '#top', '#L1;x'])('%j names none', (hash) => {
  expect(parsePermalink(hash)).toBeUndefined();
});

test('a range is extended in both directions', () => {
  expect(extendTo(undefined, 5)).toEqual({ first: 5, last: 5 });
  expect(extendTo({ first: 5, last: 5 }, 9)).toEqual({ first: 5, last: 9 });
  expect(extendTo({ first: 5, last: 9 }, 2)).toEqual({ first: 2, last: 9 });
  expect(extendTo({ first: 5, last: 9 }, 7)).toEqual({ first: 5, last: 7 });
  expect([4, 5, 7, 8].map((line) => contains({ first: 5, last: 7 }, line))).toEqual([false, true, true, false]);
});
