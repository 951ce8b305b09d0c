import { describe, expect, it } from 'vitest';
import { anchorAt, centered, inProportion, scrolledHeight, tallest, topFor, visibleRows } from './scroll-position.ts';

const rowHeight = 20;
const viewHeight = 610;

function topRow(top: number, rows: number): number {
  const height = scrolledHeight({ viewHeight, rowHeight, rows });
  const { row, share, y } = anchorAt({ top, viewHeight, height }, rows);
  return row + share - y / rowHeight;
}

describe('rows of one height', () => {
  it.each([0, 1, 20, 5_003, 1_999_390])('scrolled by %i pixels stand where a browser puts them', (top) => {
    expect(topRow(top, 100_000)).toBeCloseTo(top / rowHeight, 6);
  });

  it.each([0, 40, 99_999])('row %i comes into the middle, as far as there are rows around it', (row) => {
    const view = { viewHeight, rowHeight, rows: 100_000 };
    const top = topFor(centered(row, view), view);
    expect(top).toBeCloseTo(Math.min(100_000 * rowHeight - viewHeight, Math.max(0, (row + 0.5) * 20 - 305)), 6);
  });
});

it.each([
  [10, 5_000_000],
  [2_500_000, 5_000_000],
  [4_999_999, 5_000_000],
])('row %i of %i is reached although browsers clip what is so high', (row, rows) => {
  const view = { viewHeight, rowHeight, rows };
  expect(scrolledHeight(view)).toBe(tallest);
  const top = topFor(centered(row, view), view);
  const anchor = anchorAt({ top, viewHeight, height: tallest }, rows);
  const { first, last } = visibleRows(anchor, view);
  expect(first).toBeLessThanOrEqual(row);
  expect(last).toBeGreaterThan(row);
});

it('a row of any height is wholly seen in proportion: the first at the top, the last at the bottom', () => {
  const view = { viewHeight, rowHeight, rows: 1000 };
  for (const row of [0, 400, 999]) {
    const {
      row: at,
      share,
      y,
    } = anchorAt({ top: topFor(inProportion(row, view), view), viewHeight, height: scrolledHeight(view) }, 1000);
    expect(at + share).toBeCloseTo(row + row / 999, 6);
    expect(y).toBeCloseTo((row / 999) * viewHeight, 6);
  }
});

it.each([
  [0, { first: 0, last: 0 }],
  [3, { first: 0, last: 3 }],
])('%i rows do not fill the view', (rows, range) => {
  const view = { viewHeight, rowHeight, rows };
  expect(topFor(centered(0, view), view)).toBe(0);
  expect(visibleRows(anchorAt({ top: 0, viewHeight, height: scrolledHeight(view) }, rows), view)).toEqual(range);
});
