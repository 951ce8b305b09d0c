import type { Forge, WebhookDelivery } from '@danube/plugin-api';
import { createHmac } from 'node:crypto';
import { webhookSecret } from './example-forge-samples.js';

/** What a wrong forge does otherwise than the correct one, by the name of the check that must find it. */
export type ForgeMutation = readonly [check: string, overrides: (forge: Forge) => Partial<Forge>];

/** A forge that verifies what it should not. */
const verifying =
  (wrong: (delivery: WebhookDelivery, secret: string) => boolean): ForgeMutation[1] =>
  (forge) => ({
    verifySignature: (delivery, secret) => forge.verifySignature(delivery, secret) || wrong(delivery, secret.reveal()),
  });

/** As {@link verifying}, for secrets that are not empty. */
const accepting = (wrong: (delivery: WebhookDelivery, secret: string) => boolean) =>
  verifying((delivery, secret) => secret !== '' && wrong(delivery, secret));

const signature = ({ headers }: WebhookDelivery) => headers['x-example-signature'] ?? '';
const token = ({ headers }: WebhookDelivery) => headers['x-example-token'] ?? '';
const hmac = (body: Uint8Array, secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const written = (body: Uint8Array, indent?: number) =>
  Buffer.from(JSON.stringify(JSON.parse(Buffer.from(body).toString()), undefined, indent));

export const signatureMutations: readonly ForgeMutation[] = [
  [
    'the right secret verifies',
    (forge) => ({
      verifySignature: (delivery, secret) => token(delivery) === '' && forge.verifySignature(delivery, secret),
    }),
  ],
  ['a wrong secret does not verify', accepting((delivery, secret) => token(delivery) === secret.trim())],
  ['a wrong secret does not verify', accepting((_delivery, secret) => secret === webhookSecret.slice(0, -1))],
  [
    'an empty secret verifies nothing',
    verifying((delivery, secret) => signature(delivery) === hmac(delivery.body, secret)),
  ],
  [
    'an empty secret verifies nothing',
    verifying(({ headers }, secret) => secret === '' && headers['x-example-token'] === secret),
  ],
  [
    'a missing or empty signature does not verify',
    accepting(
      ({ headers }) =>
        !('x-example-token' in headers) &&
        !('x-example-signature' in headers) &&
        headers['x-example-delivery'] === 'id-token',
    ),
  ],
  ['a missing or empty signature does not verify', accepting(({ headers }) => headers['x-example-token'] === '')],
  [
    'a truncated or extended signature does not verify',
    accepting(
      (delivery, secret) =>
        signature(delivery).length > 40 && hmac(delivery.body, secret).startsWith(signature(delivery)),
    ),
  ],
  [
    'a truncated or extended signature does not verify',
    accepting((delivery, secret) => token(delivery) === `${secret}00`),
  ],
  [
    'a signature in upper case does not verify',
    accepting((delivery, secret) => signature(delivery).toLowerCase() === hmac(delivery.body, secret)),
  ],
  [
    'a repeated signature does not verify',
    accepting((delivery, secret) => signature(delivery).split(', ').includes(hmac(delivery.body, secret))),
  ],
  [
    'a changed body does not verify',
    accepting((delivery, secret) => signature(delivery) === hmac(delivery.body.subarray(0, -1), secret)),
  ],
  [
    'a changed body does not verify',
    accepting((delivery, secret) => {
      const compact = Buffer.from(delivery.body).toString().startsWith('{"deleted":');
      return compact && signature(delivery) === hmac(written(delivery.body, 1), secret);
    }),
  ],
  [
    'junk does not verify, and throws nothing',
    (forge) => ({
      verifySignature: (delivery, secret) => {
        if (signature(delivery).includes('\u0000')) throw new TypeError('not hexadecimal');
        return forge.verifySignature(delivery, secret);
      },
    }),
  ],
  ['junk does not verify, and throws nothing', accepting(({ headers }) => Object.keys(headers).length === 0)],
  [
    'a delivery that was not signed does not verify',
    accepting(({ headers }) => headers['x-example-delivery'] === 'id-unsigned'),
  ],
  ['headers that hold a secret are named in credentialHeaders', () => ({ credentialHeaders: [] })],
  [
    'headers that hold a secret are named in credentialHeaders',
    () => ({ credentialHeaders: ['x-example-token', 'X-Other'] }),
  ],
];
