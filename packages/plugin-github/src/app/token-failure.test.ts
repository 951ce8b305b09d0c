import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { isDanubeError, type DanubeError } from '@danube/plugin-api';
import type { RemoteAnswer } from '@danube/plugin-api/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appKey, startApp, type AppFixture } from './app.fixture.js';

const counter = 'danube_github_app_tokens_generated_total';
let fixture: AppFixture;

beforeEach(async () => {
  fixture = await startApp();
});
afterEach(() => fixture.remote.close());

async function failure(): Promise<DanubeError> {
  const error: unknown = await fixture.issue().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isDanubeError(error)) throw new Error(`no DanubeError: ${inspect(error)}`);
  const printed = inspect(error, { depth: 9, showHidden: true });
  const jwt = fixture.requests[0]?.headers.authorization?.slice('Bearer '.length) ?? 'no request';
  for (const secret of [...Object.values(fixture.secrets), jwt])
    if (secret !== '') expect(printed).not.toContain(secret);
  expect(error.code).toBe('github_app_token_failed');
  expect(error.message).toMatch(/^GitHub App token generation failed: /);
  expect(fixture.counts).toEqual({ [`${counter} failure`]: 1 });
  return error;
}

const pem = (label: string, text: string) => `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });
const encrypted = (type: 'pkcs1' | 'pkcs8') =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type,
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'secret',
  });

test.each<[string, () => string | Buffer, RegExp]>([
  [
    'no PEM',
    () => 'ghp_0123456789abcdef',
    /the secret "app-key" holds no private key in PEM form; store the \.pem file/,
  ],
  ['empty', () => '', /holds no private key in PEM form/],
  ['a part of a key', () => appKey(2048, 'pkcs1').slice(0, 900), /cannot be read|can be read, perhaps a part/],
  ['a certificate', () => pem('CERTIFICATE', 'AAAA'), /holds no private key that can be read/],
  ['of an elliptic curve', ec, /of the kind ec, not RSA/],
  ['short', () => appKey(1024, 'pkcs1'), /of fewer than 2048 bits/],
  ['encrypted', () => encrypted('pkcs8'), /with a passphrase/],
  ['encrypted in the old way', () => encrypted('pkcs1'), /with a passphrase/],
])('a key that is %s is refused before anything is sent', async (_name, key, message) => {
  fixture.secrets['app-key'] = String(key());
  expect(await failure()).toMatchObject({
    category: 'unauthenticated',
    retryable: false,
    message: expect.stringMatching(message) as string,
  });
  expect(fixture.requests).toEqual([]);
});

test.each([['pkcs1'], ['pkcs8']] as const)(
  'a key in the form %s is taken, also with lines of Windows',
  async (type) => {
    fixture.app.privateKey = appKey(2048, type);
    fixture.secrets['app-key'] = `\n${appKey(2048, type).replaceAll('\n', '\r\n')}\n`;
    await expect(fixture.issue()).resolves.toMatchObject({ kind: 'https' });
  },
);

test('a secret that is not there is named', async () => {
  delete fixture.secrets['app-key'];
  expect(await failure()).toMatchObject({
    category: 'not_found',
    message: 'GitHub App token generation failed: there is no secret "app-key"',
  });
});

test('a key of another app is told from other failures', async () => {
  fixture.app.appId = '999';
  const { message, retryable, category } = await failure();
  expect([category, retryable]).toEqual(['unauthenticated', false]);
  expect(message).toMatch(/does not know app_id 123456 by the key in the secret "app-key".*Integration not found/);
});

test.each<[string, RemoteAnswer, Partial<DanubeError>]>([
  ['404', { status: 404, body: { message: 'Not Found' } }, { category: 'not_found', retryable: false }],
  ['403', { status: 403, body: { message: 'suspended' } }, { category: 'forbidden', retryable: false }],
  ['422', { status: 422, body: { message: 'no permission' } }, { category: 'invalid', retryable: false }],
  ['500', { status: 500, body: {} }, { category: 'unavailable', retryable: true }],
  ['503', { status: 503, headers: { 'retry-after': '7' } }, { retryable: true, retryAfterMs: 7000 }],
  ['no token', { status: 201, body: {} }, { category: 'unavailable', retryable: true }],
  ['no time', { status: 201, body: { token: 'x', expires_at: 'soon' } }, { category: 'unavailable', retryable: true }],
])('GitHub answers %s', async (_name, answer, expected) => {
  fixture.answerWith(answer);
  expect(await failure()).toMatchObject(expected);
  fixture.answerWith(undefined);
  await expect(fixture.issue()).resolves.toMatchObject({ kind: 'https' });
});

test('a server that cannot be reached may be asked again', async () => {
  await fixture.remote.close();
  expect(await failure()).toMatchObject({
    retryable: true,
    message: expect.stringContaining(fixture.remote.url) as string,
  });
});

test('a server that never answers does not keep those who stop waiting', async () => {
  const arrived = fixture.remote.hang();
  const waiting = new AbortController();
  const issued = fixture.issue(undefined, waiting.signal);
  await arrived;
  waiting.abort(new DOMException('enough', 'AbortError'));
  await expect(issued).rejects.toMatchObject({ name: 'AbortError' });
  expect(fixture.counts).toEqual({});
  fixture.remote.recover();
  await expect(fixture.issue()).resolves.toMatchObject({ kind: 'https' });
});
