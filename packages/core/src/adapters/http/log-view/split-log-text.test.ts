import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLogText } from './split-log-text.js';

const texts = (bytes: string | Buffer, limit: number) => splitLogText(Buffer.from(bytes), limit).map(String);

test.each([
  ['short', 10, ['short']],
  ['one\ntwo\nthree\n', 8, ['one\ntwo\n', 'three\n']],
  ['one\nlonger line\n', 8, ['one\n', 'longer l', 'ine\n']],
  ['ääää', 5, ['ää', 'ää']],
  ['a€€', 5, ['a€', '€']],
  ['', 5, ['']],
])('%j in pieces of %i bytes', (text, limit, expected) => {
  expect(texts(text, limit)).toEqual(expected);
});

test('no byte is lost, no piece is too large or empty, and no character is cut', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }).map((s) => Buffer.from(s)),
    fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 20 }), (bytes, limit) => {
      const pieces = splitLogText(bytes, limit);
      expect(Buffer.concat(pieces)).toEqual(bytes);
      expect(pieces.every((piece) => piece.length <= limit)).toBe(true);
      if (bytes.length > 0) expect(pieces.every((piece) => piece.length > 0)).toBe(true);
      if (!bytes.toString().includes('\ufffd')) expect(pieces.map(String).join('')).toBe(bytes.toString());
    }),
  );
});
