import { expect, test } from 'vitest';
import { Sha256TokenHasher } from './sha256-token-hasher.js';
import { UuidIdGenerator } from './uuid-id-generator.js';

test('the hash is SHA-256 in lower-case hexadecimal', () => {
  expect(new Sha256TokenHasher().hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test.each([
  ['aa', 'aa', true],
  ['aa', 'ab', false],
  ['aa', 'aaa', false],
  ['', 'aa', false],
])('%j and %j compare as %s', (a, b, expected) => {
  expect(new Sha256TokenHasher().equal(a, b)).toBe(expected);
});

test('ids are UUID version 7 and sort in the order of their creation, also within one millisecond', () => {
  const generator = new UuidIdGenerator();
  const ids = Array.from({ length: 2000 }, () => generator.newId());
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a token carries 256 bits and differs each time', () => {
  const generator = new UuidIdGenerator();
  expect(Buffer.from(generator.newToken(), 'base64url')).toHaveLength(32);
  expect(generator.newToken()).not.toBe(generator.newToken());
});
