import { createHmac } from 'node:crypto';
import { SecretValue } from '@danube/plugin-api';
import { expect, test } from 'vitest';
import { verifySignature } from './verify-signature.js';

const hmac = (algorithm: string, text: string, key: string) => createHmac(algorithm, key).update(text).digest('hex');

function verifies(headers: Readonly<Record<string, string>>, body: string, secret: string): boolean {
  return verifySignature({ headers, body: Buffer.from(body) }, new SecretValue(secret));
}

// the example of GitHub's documentation
const secret = "It's a Secret to Everybody";
const documented = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

test("the example of GitHub's documentation verifies", () => {
  expect(verifies({ 'x-hub-signature-256': documented }, 'Hello, World!', secret)).toBe(true);
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['a signature with SHA-1 only', { 'x-hub-signature': `sha1=${hmac('sha1', 'Hello, World!', secret)}` }],
  ['SHA-1 in the header for SHA-256', { 'x-hub-signature-256': `sha1=${hmac('sha1', 'Hello, World!', secret)}` }],
  ['SHA-256 in the header for SHA-1', { 'x-hub-signature': documented }],
  ['no prefix', { 'x-hub-signature-256': documented.slice(7) }],
  ['another prefix', { 'x-hub-signature-256': documented.replace('sha256', 'SHA256') }],
  ['upper case', { 'x-hub-signature-256': `sha256=${documented.slice(7).toUpperCase()}` }],
  ['the header twice', { 'x-hub-signature-256': `${documented}, ${documented}` }],
])('%s does not verify', (_name, headers) => {
  expect(verifies(headers, 'Hello, World!', secret)).toBe(false);
});

test('the signature of a form is about the form, not about the JSON in it', () => {
  const form = new URLSearchParams({ payload: '{"a":1}' }).toString();
  const signed = (text: string) => ({ 'x-hub-signature-256': `sha256=${hmac('sha256', text, secret)}` });
  expect(verifies(signed(form), form, secret)).toBe(true);
  expect(verifies(signed('{"a":1}'), form, secret)).toBe(false);
});
