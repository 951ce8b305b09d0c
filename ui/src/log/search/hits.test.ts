import { expect, test } from 'vitest';
import { Hits } from './hits.ts';

function hitsOf(lines: readonly number[]): Hits {
  const hits = new Hits();
  for (let at = 0; at < lines.length; at += 700) hits.add(lines.slice(at, at + 700));
  return hits;
}

test('hits are found by index and by line', () => {
  const hits = hitsOf(Array.from({ length: 5000 }, (_, index) => index * 2 + 1));
  expect(hits.count).toBe(5000);
  expect([hits.at(0), hits.at(4999), hits.at(5000), hits.at(-1)]).toEqual([1, 9999, undefined, undefined]);
  expect([hits.has(777), hits.has(778)]).toEqual([true, false]);
  expect([hits.firstFrom(1), hits.firstFrom(2), hits.firstFrom(9999), hits.firstFrom(10_000)]).toEqual([
    0, 1, 4999, 5000,
  ]);
});

test('marks stand for the parts of the log that hold a hit', () => {
  expect(hitsOf([]).marks(100, 10)).toEqual([]);
  expect(hitsOf([1, 2, 3, 55, 100]).marks(100, 10)).toEqual([1, 55, 100]);
  expect(hitsOf([2]).marks(3, 200)).toEqual([2]);
  expect(hitsOf(Array.from({ length: 100_000 }, (_, index) => index + 1)).marks(100_000, 200)).toHaveLength(200);
});
