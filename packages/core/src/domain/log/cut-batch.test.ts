import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBatch, MAX_LINE_BYTES } from './cut-batch.js';

const cut = (text: string, state: 'open' | 'aged' | 'ended') => cutBatch(Buffer.from(text), state);

describe('cutBatch', () => {
  it.each([
    ['whole lines', 'a\nb\nrest', 'open', 4],
    ['nothing of a line without end', 'rest', 'open', 0],
    ['the rest at the end', 'rest', 'ended', 4],
    ['nothing of a fresh progress bar', '10%\r20%\r3', 'open', 0],
    ['an aged progress bar up to its last return', '10%\r20%\r3', 'aged', 8],
    ['nothing of an aged prompt', 'Password: ', 'aged', 0],
    ['lines before an aged progress bar first', 'a\n10%\r', 'aged', 2],
    ['nothing of nothing', '', 'ended', 0],
  ] as const)('takes %s', (_, text, state, expected) => {
    expect(cut(text, state)).toBe(expected);
  });

  it('takes a line of exactly the limit with its end', () => {
    expect(cut('x'.repeat(MAX_LINE_BYTES), 'open')).toBe(0);
    expect(cut('x'.repeat(MAX_LINE_BYTES) + '\n', 'open')).toBe(MAX_LINE_BYTES + 1);
    expect(cut('x'.repeat(MAX_LINE_BYTES + 1), 'open')).toBe(MAX_LINE_BYTES);
  });

  it.each(['é', '€', '🚀'])('does not split %s at the limit', (character) => {
    const width = Buffer.byteLength(character);
    for (let lead = 0; lead < width; lead++) {
      const bytes = Buffer.from('x'.repeat(lead) + character.repeat(MAX_LINE_BYTES));
      const taken = cutBatch(bytes, 'open');
      expect(taken).toBeGreaterThan(MAX_LINE_BYTES - 4);
      expect(taken).toBeLessThanOrEqual(MAX_LINE_BYTES);
      expect((taken - lead) % width).toBe(0);
    }
  });

  it('cuts at the limit where the bytes are not UTF-8', () => {
    expect(cutBatch(Buffer.alloc(MAX_LINE_BYTES * 2, 0x80), 'open')).toBe(MAX_LINE_BYTES);
  });

  it('ends lines and pieces at the same bytes however they arrive', () => {
    const line = fc
      .tuple(fc.integer({ min: 0, max: 3 * MAX_LINE_BYTES }), fc.constantFrom('x', 'é', '€'))
      .map(([size, character]) => character.repeat(Math.floor(size / Buffer.byteLength(character))) + '\n');
    const chunks = fc.array(fc.integer({ min: 1, max: 2 * MAX_LINE_BYTES }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), chunks, (lines, sizes) => {
        const raw = Buffer.from(lines.join(''));
        expect(linesOf(raw, sizes)).toEqual(linesOf(raw, [raw.length + 1]));
      }),
      { numRuns: 50 },
    );
  });
});

/** Lengths of the lines that come of feeding `raw` in chunks of the given sizes, over and over. */
function linesOf(raw: Buffer, sizes: readonly number[]): number[] {
  const lengths: number[] = [];
  let pending = Buffer.alloc(0);
  for (let at = 0, turn = 0; at < raw.length; turn++) {
    const size = sizes[turn % sizes.length] ?? raw.length;
    pending = Buffer.concat([pending, raw.subarray(at, at + size)]);
    at += size;
    const state = at >= raw.length ? 'ended' : 'open';
    for (let taken = cutBatch(pending, state); taken > 0; taken = cutBatch(pending, state)) {
      const batch = pending.subarray(0, taken).toString('latin1');
      lengths.push(...batch.split(/(?<=\n)/).map((line) => line.length));
      pending = pending.subarray(taken);
    }
  }
  return lengths;
}
