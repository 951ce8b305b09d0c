import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SecretValue } from '../secret-value.js';

const hexOfSha256 = /^[0-9a-f]{64}$/;

/**
 * Whether `hexSignature` is the HMAC-SHA-256 of the bytes, in constant time. Give the header's value without a prefix such
 * as `sha256=`. Only 64 lower-case digits, as the forges write them, can match: a missing, empty, truncated, upper-case or
 * repeated signature does not, and an empty secret never does.
 */
export function hmacSha256Matches(body: Uint8Array, hexSignature: string | undefined, secret: SecretValue): boolean {
  const key = secret.reveal();
  if (key === '' || hexSignature === undefined || !hexOfSha256.test(hexSignature)) return false;
  const expected = createHmac('sha256', key).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(hexSignature, 'hex'));
}

/**
 * Whether a header's value is the secret itself, in a time that depends on neither's length. An empty secret never matches,
 * and neither does a header that was sent twice.
 */
export function secretMatches(given: string | undefined, secret: SecretValue): boolean {
  const expected = secret.reveal();
  if (expected === '' || given === undefined) return false;
  // in headers every byte is one character, also of what was sent as UTF-8
  return timingSafeEqual(sha256(Buffer.from(given, 'latin1')), sha256(Buffer.from(expected)));
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
