import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SecretValue, WebhookDelivery } from '@danube/plugin-api';
import { secretMatches } from '@danube/plugin-api/toolkit';

const signingTokenPrefix = 'whsec_';
const timestamp = /^[0-9]{1,12}$/;
const signature = /^v[0-9]+[a-z]?,[A-Za-z0-9+/=]+$/;
const mostSignatures = 10;

/**
 * GitLab has two ways to prove where a webhook comes from, and the form of the secret says which of them is in use:
 *
 * - a signing token (`whsec_…`, GitLab 19.0 and later): `webhook-signature` lists signatures as `v1,<base64>`, each the
 *   HMAC-SHA-256 of `<webhook-id>.<webhook-timestamp>.<body>` with the decoded token as key. `X-Gitlab-Token` does not
 *   count then, even where it is sent too.
 * - a secret token (anything else): `X-Gitlab-Token` is the secret itself.
 *
 * The timestamp must be there and is part of what is signed. Its age is for the host to judge, which knows when the delivery
 * came in.
 * Source: GitLab's documentation, "Webhooks", sections "Signing tokens" and "Secret token"; Standard Webhooks 1.0.
 */
export function verifySignature(delivery: WebhookDelivery, secret: SecretValue): boolean {
  if (secret.reveal().startsWith(signingTokenPrefix)) return isSigned(delivery, secret);
  return secretMatches(delivery.headers['x-gitlab-token'], secret);
}

/** Milliseconds since the epoch; undefined without a signed time. */
export function sentAt({ headers }: WebhookDelivery): number | undefined {
  const seconds = headers['webhook-timestamp'] ?? '';
  return headers['webhook-signature'] !== undefined && timestamp.test(seconds) ? Number(seconds) * 1000 : undefined;
}

function isSigned({ headers, body }: WebhookDelivery, secret: SecretValue): boolean {
  const key = keyOf(secret);
  const id = headers['webhook-id'] ?? '';
  const sentAt = headers['webhook-timestamp'] ?? '';
  const signatures = (headers['webhook-signature'] ?? '').split(' ');
  if (key === undefined || id === '' || !timestamp.test(sentAt)) return false;
  // a header that came twice is joined with a comma, which no well-formed signature ends with
  if (signatures.length > mostSignatures || !signatures.every((each) => signature.test(each))) return false;
  const digest = createHmac('sha256', key).update(`${id}.${sentAt}.`).update(body).digest('base64');
  const expected = Buffer.from(`v1,${digest}`);
  return signatures.some((each) => {
    const given = Buffer.from(each);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Undefined where the token is not the base64 of at least one byte. */
function keyOf(secret: SecretValue): Buffer | undefined {
  const encoded = secret.reveal().slice(signingTokenPrefix.length);
  const key = Buffer.from(encoded, 'base64');
  // decoding skips what is wrong, so that a truncated token could be as good as the whole one
  return key.length > 0 && key.toString('base64') === encoded ? key : undefined;
}
