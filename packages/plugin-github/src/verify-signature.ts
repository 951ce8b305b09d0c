import type { SecretValue, WebhookDelivery } from '@danube/plugin-api';
import { hmacSha256Matches } from '@danube/plugin-api/toolkit';

export const signatureHeader = 'x-hub-signature-256';
const prefix = 'sha256=';

/** The HMAC over the raw body. `X-Hub-Signature`, which GitHub sends besides, is made with SHA-1 and counts for nothing. */
export function verifySignature({ headers, body }: WebhookDelivery, secret: SecretValue): boolean {
  const signature = headers[signatureHeader];
  return signature?.startsWith(prefix) === true && hmacSha256Matches(body, signature.slice(prefix.length), secret);
}
