import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameReader } from './frames.js';

function frame(kind: number, sequence: number, offset: number, content: Buffer): Buffer {
  const header = Buffer.alloc(17);
  header.writeUInt8(kind, 0);
  header.writeUInt32BE(sequence, 1);
  header.writeBigUInt64BE(BigInt(offset), 5);
  header.writeUInt32BE(content.length, 13);
  return Buffer.concat([header, content]);
}

const all = Buffer.concat([
  frame(1, 3, 2 ** 40, Buffer.from('out')),
  frame(2, 3, 0, Buffer.from([0xff, 0x00])),
  frame(5, 0, 0, Buffer.alloc(0)),
  frame(3, 3, 0, Buffer.from('0 1 2 kept\n')),
  frame(4, 7, 0, Buffer.alloc(0)),
]);
const expected = [
  { kind: 'output', sequence: 3, stream: 'stdout', offset: 2 ** 40, bytes: Buffer.from('out') },
  { kind: 'output', sequence: 3, stream: 'stderr', offset: 0, bytes: Buffer.from([0xff, 0x00]) },
  { kind: 'beat' },
  { kind: 'exit', sequence: 3, record: '0 1 2 kept\n' },
  { kind: 'gone', sequence: 7 },
];

describe('frames', () => {
  test('are the same however the stream was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(all.length)), (cuts) => {
        const reader = new FrameReader();
        const places = [0, ...cuts.sort((a, b) => a - b), all.length];
        const pieces = places.slice(1).map((end, i) => all.subarray(places[i], end));
        expect(pieces.flatMap((piece) => [...reader.push(piece)])).toEqual(expected);
      }),
    );
  });

  test.each([
    ['text', Buffer.from('sh: python3: not found, and more')],
    ['an unknown kind', frame(9, 0, 0, Buffer.alloc(0))],
  ])('%s is refused', (_, bytes) => {
    expect(() => [...new FrameReader().push(bytes)]).toThrow(/frame/);
  });
});
