import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { AesSecretCipher } from './aes-secret-cipher.js';

const cipher = new AesSecretCipher(randomBytes(32));
const context = 'secret:team:platform:TOKEN';

test.each([0, 1, 16, 65_536])('%i bytes come back as they were', (length) => {
  const plaintext = randomBytes(length);
  const sealed = cipher.seal(plaintext, context);
  expect(sealed).toHaveLength(12 + length + 16);
  expect(Buffer.from(cipher.open(sealed, context)).equals(plaintext)).toBe(true);
});

test('the same value is sealed differently each time', () => {
  const sealed = Array.from({ length: 1000 }, () => Buffer.from(cipher.seal(Buffer.from('x'), context)));
  expect(new Set(sealed.map((bytes) => bytes.subarray(0, 12).toString('hex'))).size).toBe(1000);
});

const sealed = Buffer.from(cipher.seal(Buffer.from('hunter2-hunter2'), context));

function flipped(at: number): Buffer {
  const copy = Buffer.from(sealed);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

test.each([
  ['a flipped bit of the nonce', flipped(0), context],
  ['a flipped bit of the ciphertext', flipped(12), context],
  ['a flipped bit of the tag', flipped(sealed.length - 1), context],
  ['a shortened tag', sealed.subarray(0, -4), context],
  ['nothing', Buffer.alloc(0), context],
  ['no more than a nonce', sealed.subarray(0, 12), context],
  ['the context of another record', sealed, 'secret:team:apps:TOKEN'],
])('%s does not open, and the error does not tell the value', (_case, bytes, claimed) => {
  const open = () => cipher.open(bytes, claimed);
  expect(open).toThrow(expect.objectContaining({ code: 'secret_unreadable', category: 'internal' }));
  expect(open).not.toThrow(/hunter2/);
});

test('another key does not open it', () => {
  const other = new AesSecretCipher(randomBytes(32));
  expect(() => other.open(sealed, context)).toThrow(expect.objectContaining({ code: 'secret_unreadable' }));
});
