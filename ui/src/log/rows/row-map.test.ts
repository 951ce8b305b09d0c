import { describe, expect, it } from 'vitest';
import { RowMap } from './row-map.ts';

const sections = [
  { name: 'a', firstLine: 1, lastLine: 2 },
  { name: 'b', firstLine: 3, lastLine: 3 },
  { name: 'a', firstLine: 4, lastLine: 5 },
];

function shown(map: RowMap): string {
  return Array.from({ length: map.rows }, (_, row) => {
    const shown = map.at(row);
    if (shown?.kind !== 'step') return shown?.line;
    return `${shown.name}(${shown.lines}${shown.folded ? ' folded' : ''})`;
  }).join(' ');
}

describe('rows', () => {
  it.each([
    [[], [], '1 2 3 4 5 6'],
    [sections, [], 'a(4) 1 2 b(1) 3 4 5 6'],
    [sections, ['a'], 'a(4 folded) b(1) 3 6'],
    [sections, ['b'], 'a(4) 1 2 b(1 folded) 4 5 6'],
    [sections, ['a', 'b'], 'a(4 folded) b(1 folded) 6'],
    [[{ name: 'z', firstLine: 3, lastLine: 4 }], [], '1 2 z(2) 3 4 5 6'],
  ])('of %j with %j folded', (known, folded, expected) => {
    const map = new RowMap(6, known, new Set(folded));
    expect(shown(map)).toBe(expected);
    expect(map.at(map.rows)).toBeUndefined();
    for (let row = 0; row < map.rows; row++) {
      const at = map.at(row);
      if (at?.kind === 'line') expect(map.rowOf(at.line)).toBe(row);
      if (at?.kind === 'step') expect(map.headingRow(at.name)).toBe(row);
    }
  });

  it('finds the row that another map had elsewhere', () => {
    const before = new RowMap(6, [], new Set());
    const after = new RowMap(6, sections, new Set());
    expect([0, 2, 5].map((row) => after.rowLike(before, row))).toEqual([1, 4, 7]);
    expect(after.stepOf(4)).toBe('a');
    expect(after.stepOf(6)).toBeUndefined();
  });

  it('of an empty log are none', () => {
    const map = new RowMap(0, [], new Set());
    expect([map.rows, map.at(0)]).toEqual([0, undefined]);
  });
});
