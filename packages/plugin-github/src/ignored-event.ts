import type { Ignored, WebhookDelivery } from '@danube/plugin-api';
import { deliveryInvalid, ignored, type JsonObject } from '@danube/plugin-api/toolkit';

/**
 * Name of the event.
 * @throws DanubeError `delivery_invalid` (invalid) where the delivery names none
 */
export function eventOf({ headers }: WebhookDelivery): string {
  const event = headers['x-github-event'] ?? '';
  if (event === '') throw deliveryInvalid('the header x-github-event is missing');
  return event;
}

/** Any event but pushes and pull requests. */
export function ignoredEvent(delivery: WebhookDelivery, body: JsonObject): Ignored {
  const event = eventOf(delivery);
  switch (event) {
    case 'ping':
      return ignored(`GitHub tested webhook ${body.optionalInteger('hook_id') ?? 'without a number'}: it arrives here`);
    case 'create':
    case 'delete':
      return ignored(`GitHub event "${event}" starts no jobs: the event "push" says the same`);
    default:
      return ignored(`GitHub event "${event.slice(0, 60)}" starts no jobs`);
  }
}
