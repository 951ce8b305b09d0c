import type { WebhookDelivery } from '@danube/plugin-api';
import { deliveryInvalid, readJsonBody, type JsonObject } from '@danube/plugin-api/toolkit';

const payload = 'payload=';

/**
 * The payload of a delivery. A webhook sends it as JSON, or, by its setting "Content type", as the field `payload` of a form.
 * @throws DanubeError `delivery_invalid` (invalid)
 */
export function readBody(delivery: WebhookDelivery): JsonObject {
  const contentType = delivery.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) return readJsonBody(delivery);
  const { headers, body } = delivery;
  const fields = Buffer.from(body).toString('latin1').split('&');
  const [field, ...others] = fields.filter((text) => text.startsWith(payload));
  if (field === undefined) throw deliveryInvalid('the form has no field payload');
  if (others.length > 0) throw deliveryInvalid('the form has the field payload more than once');
  return readJsonBody({ headers, body: decoded(field.slice(payload.length)) });
}

function decoded(text: string): Uint8Array {
  try {
    return Buffer.from(decodeURIComponent(text.replaceAll('+', ' ')));
  } catch {
    throw deliveryInvalid('the field payload of the form is not encoded as UTF-8');
  }
}
