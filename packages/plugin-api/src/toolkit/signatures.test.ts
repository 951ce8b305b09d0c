import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { SecretValue } from '../secret-value.js';
import { hmacSha256Matches, secretMatches } from './signatures.js';

const secret = new SecretValue("It's a Secret to Everybody");
const body = Buffer.from('Hello, World!');
// GitHub documents this value for that secret and body
const signature = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

test('the signature of the body verifies', () => {
  expect(hmacSha256Matches(body, signature, secret)).toBe(true);
});

test.each([
  ['missing', undefined],
  ['empty', ''],
  ['of another body', createHmac('sha256', secret.reveal()).update('Hello').digest('hex')],
  ['truncated', signature.slice(0, 62)],
  ['followed by more', `${signature}00`],
  ['in upper case', signature.toUpperCase()],
  ['with a prefix', `sha256=${signature}`],
  ['sent twice', `${signature}, ${signature}`],
  ['not hexadecimal', 'z'.repeat(64)],
  ['with a line break', `${signature}\n`],
])('a signature that is %s does not verify', (_what, given) => {
  expect(hmacSha256Matches(body, given, secret)).toBe(false);
});

test('an empty secret verifies nothing, not even what was signed with it', () => {
  const signed = createHmac('sha256', '').update(body).digest('hex');
  expect(hmacSha256Matches(body, signed, new SecretValue(''))).toBe(false);
  expect(secretMatches('', new SecretValue(''))).toBe(false);
});

test.each([
  [secret.reveal(), true],
  [undefined, false],
  ['', false],
  [secret.reveal().slice(0, -1), false],
  [secret.reveal().toUpperCase(), false],
  [`${secret.reveal()}, ${secret.reveal()}`, false],
])('a token of %j matches: %s', (given, matches) => {
  expect(secretMatches(given, secret)).toBe(matches);
});

test('a secret with other characters than ASCII matches the header in which its UTF-8 was sent', () => {
  // as node reads headers
  const header = Buffer.from('pässwörd ✓').toString('latin1');
  expect(secretMatches(header, new SecretValue('pässwörd ✓'))).toBe(true);
  expect(secretMatches(header, new SecretValue('password ?'))).toBe(false);
});
