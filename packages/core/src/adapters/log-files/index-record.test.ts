import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeSourceName } from '../../domain/log/source-name.js';
import { decodeRecord, encodeRecord, RECORD_BYTES, type IndexRecord } from './index-record.js';

const offset = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const record: fc.Arbitrary<IndexRecord> = fc.record({
  batch: fc.option(
    fc.record({
      timestamp: offset,
      sequence: fc.integer({ min: -1, max: 2 ** 31 - 1 }),
      name: fc.string({ unit: 'grapheme', maxLength: 200 }).map(safeSourceName),
      stream: fc.constantFrom('stdout' as const, 'stderr' as const),
      from: offset,
      to: offset,
    }),
    { nil: undefined },
  ),
  end: fc.record({ size: offset, lines: offset }),
});

describe('an index record', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(decodeRecord(encodeRecord(one))).toEqual(one);
      }),
    );
  });

  it('is not taken for whole when it is torn or changed', () => {
    const place = fc.integer({ min: 0, max: RECORD_BYTES - 1 });
    fc.assert(
      fc.property(record, place, fc.integer({ min: 1, max: 255 }), (one, at, difference) => {
        const bytes = encodeRecord(one);
        expect(decodeRecord(bytes.subarray(0, at))).toBeUndefined();
        bytes[at] = (bytes[at] ?? 0) ^ difference;
        expect(decodeRecord(bytes)).toBeUndefined();
      }),
    );
    expect(decodeRecord(Buffer.alloc(RECORD_BYTES))).toBeUndefined();
  });
});
