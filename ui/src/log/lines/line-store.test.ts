import { describe, expect, it } from 'vitest';
import { chunkLines, linesOfChunk, LineStore } from './line-store.ts';

describe('lines in memory', () => {
  it('are told from those that are missing', () => {
    const store = new LineStore();
    for (let line = 1; line <= chunkLines; line++) store.put(line, `line ${line}`);
    store.put(3 * chunkLines, 'came live');
    expect(store.get(7)).toBe('line 7');
    expect(store.get(3 * chunkLines)).toBe('came live');
    expect(store.missing([1, chunkLines, chunkLines + 1, chunkLines + 2, 3 * chunkLines])).toEqual([1]);
    expect(store.missing([3 * chunkLines - 1])).toEqual([2]);
    expect(linesOfChunk(2)).toEqual({ first: 2 * chunkLines + 1, last: 3 * chunkLines });
  });

  it('stay below the limit: what was looked at longest ago goes first', () => {
    const store = new LineStore(1000);
    for (let chunk = 0; chunk < 10; chunk++) {
      store.put(chunk * chunkLines + 1, 'x'.repeat(200));
      store.get(1);
    }
    expect(store.characters).toBe(1000);
    expect([0, 1, 5, 6, 9].map((chunk) => store.get(chunk * chunkLines + 1) !== undefined)).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  it('count once when they come twice', () => {
    const store = new LineStore();
    store.put(1, 'part');
    store.put(1, 'whole line');
    expect(store.characters).toBe(10);
  });
});
