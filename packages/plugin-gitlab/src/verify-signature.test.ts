import { createHmac } from 'node:crypto';
import { SecretValue, type WebhookDelivery } from '@danube/plugin-api';
import { describe, expect, it } from 'vitest';
import { deliveryId } from './delivery-id.js';
import { sentAt, verifySignature } from './verify-signature.js';

// 32 bytes; the vector was made with `openssl dgst -sha256 -mac HMAC -macopt hexkey:… -binary | base64`
const token = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const body = '{"object_kind":"push"}';
const known = 'v1,/VtGjG+uiKhXMDhR5GSVH2JwFBugJZESxZL40RSpogA=';

const sign = (text: string, key = Buffer.from(token.slice(6), 'base64')) =>
  `v1,${createHmac('sha256', key).update(text).digest('base64')}`;

const id = 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f';
const signed = {
  'webhook-id': id,
  'webhook-timestamp': '1776093284',
  'webhook-signature': known,
};

function delivery(headers: Readonly<Record<string, string>>, text = body): WebhookDelivery {
  return { headers, body: Buffer.from(text) };
}

function verifies(headers: Readonly<Record<string, string>>, secret: string, text?: string): boolean {
  return verifySignature(delivery(headers, text), new SecretValue(secret));
}

it.each<[string, Readonly<Record<string, string>>, number | undefined]>([
  ['a signed webhook', signed, 1_776_093_284_000],
  ['one without a time', { ...signed, 'webhook-timestamp': '' }, undefined],
  ['a time that is none', { ...signed, 'webhook-timestamp': '1e9' }, undefined],
  ['a time that came twice', { ...signed, 'webhook-timestamp': '1776093284, 1776093284' }, undefined],
  ['a time that nobody signed', { 'webhook-timestamp': '1776093284', 'x-gitlab-token': 'token' }, undefined],
])('says of %s when it was sent', (_name, headers, expected) => {
  expect(sentAt(delivery(headers))).toBe(expected);
});

describe('a signing token', () => {
  it('verifies the documented signature', () => expect(verifies(signed, token)).toBe(true));

  it.each([
    ['one of several signatures', `v1,${'A'.repeat(43)}= ${known}`],
    ['a signature of a later version beside it', `v1a,${'A'.repeat(43)}= ${known}`],
  ])('verifies %s', (_name, signature) => {
    expect(verifies({ ...signed, 'webhook-signature': signature }, token)).toBe(true);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['another id', { ...signed, 'webhook-id': 'another' }],
    ['another time', { ...signed, 'webhook-timestamp': '1776093285' }],
    ['a time that is none', { ...signed, 'webhook-timestamp': 'now', 'webhook-signature': sign(`${id}.now.${body}`) }],
    ['no id', { ...signed, 'webhook-id': '', 'webhook-signature': sign(`.1776093284.${body}`) }],
    ['no signature', { ...signed, 'webhook-signature': '' }],
    ['a signature without its version', { ...signed, 'webhook-signature': known.slice(3) }],
    ['another version of the same digest', { ...signed, 'webhook-signature': known.replace('v1', 'v2') }],
    ['a header that came twice', { ...signed, 'webhook-signature': `v1,AAAA, ${known}` }],
    ['too many signatures', { ...signed, 'webhook-signature': `${'v1,AAAA '.repeat(10)}${known}` }],
    ['upper case', { ...signed, 'webhook-signature': known.toUpperCase() }],
    ['the token itself as secret token', { 'x-gitlab-token': token }],
  ])('refuses %s', (_name, headers) => expect(verifies(headers, token)).toBe(false));

  it('refuses another body', () => expect(verifies(signed, token, `${body} `)).toBe(false));

  it('is not the same without its last character, though that decodes to the same key', () => {
    expect(token.endsWith('=')).toBe(true);
    expect(verifies(signed, token.slice(0, -1))).toBe(false);
  });

  it.each(['whsec_', 'whsec_%%%%', `${token}x!`])('verifies nothing when it is malformed: %s', (secret) => {
    const empty = sign(`${signed['webhook-id']}.${signed['webhook-timestamp']}.${body}`, Buffer.alloc(0));
    expect(verifies({ ...signed, 'webhook-signature': empty }, secret)).toBe(false);
  });
});

describe('a secret token', () => {
  it.each<[string, Readonly<Record<string, string>>, string, boolean]>([
    ['the same', { 'x-gitlab-token': 's3cret' }, 's3cret', true],
    ['the same beside a signature with another key', { ...signed, 'x-gitlab-token': 's3cret' }, 's3cret', true],
    ['another', { 'x-gitlab-token': 's3creT' }, 's3cret', false],
    ['a longer one', { 'x-gitlab-token': 's3cret ' }, 's3cret', false],
    ['one that came twice', { 'x-gitlab-token': 's3cret, s3cret' }, 's3cret', false],
    ['none', {}, 's3cret', false],
    ['an empty one', { 'x-gitlab-token': '' }, '', false],
  ])('%s', (_name, headers, secret, expected) => expect(verifies(headers, secret)).toBe(expected));
});

describe('the id of a delivery', () => {
  const event = { 'x-gitlab-event-uuid': 'event', 'x-gitlab-webhook-uuid': 'changes-with-each-attempt' };

  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['is the signed one', { ...event, 'idempotency-key': 'key', 'webhook-id': 'signed' }, 'signed'],
    ['is the key that retries repeat', { ...event, 'idempotency-key': 'key' }, 'key'],
    ['is the id of the event from old versions', event, 'event'],
    ['is missing where none was sent', { 'x-gitlab-webhook-uuid': 'x', 'webhook-id': '' }, undefined],
  ])('%s', (_name, headers, expected) => expect(deliveryId(delivery(headers))).toBe(expected));
});
