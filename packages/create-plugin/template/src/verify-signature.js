import { hmacSha256Matches } from '@danube/plugin-api/toolkit';

/**
 * Source: put the address of your forge's documentation here.
 * @param {import('@danube/plugin-api').WebhookDelivery} delivery
 * @param {import('@danube/plugin-api').SecretValue} secret
 */
export function verifySignature(delivery, secret) {
  return hmacSha256Matches(delivery.body, delivery.headers['x-__id__-signature'], secret);
}
