import { DanubeError } from '../../errors.js';
import type { WebhookDelivery } from '../../forge.js';
import { jsonDepth } from './json-depth.js';
import { JsonObject } from './json-object.js';

const deepest = 100;

/** The error of a delivery that cannot be read. Do not quote the delivery in it: it may hold a secret. */
export function deliveryInvalid(problem: string): DanubeError {
  return new DanubeError('delivery_invalid', problem, { category: 'invalid' });
}

/**
 * The body of a delivery as a JSON object.
 * @throws DanubeError `delivery_invalid` (invalid) where it is not one in UTF-8, or is nested deeper than 100 levels; the
 * readers of the answer throw the same for members that are missing or wrong
 */
export function readJsonBody(delivery: WebhookDelivery): JsonObject {
  const { body } = delivery;
  if (body.length === 0) throw deliveryInvalid('the body is empty; expected a JSON object');
  if (jsonDepth(body, deepest) > deepest) throw deliveryInvalid(`the body is nested deeper than ${deepest} levels`);
  const document = parse(decode(body), delivery.headers['content-type']);
  return JsonObject.of(document, deliveryInvalid);
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw deliveryInvalid('the body is not UTF-8');
  }
}

function parse(text: string, contentType: string | undefined): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const hint = contentType?.startsWith('application/x-www-form-urlencoded')
      ? 'it is a form; set the content type of the webhook to application/json'
      : 'expected a JSON object';
    throw deliveryInvalid(`the body is not JSON; ${hint}`);
  }
}
