import type { WebhookDelivery } from '@danube/plugin-api';

/**
 * The id that stays the same when GitLab sends a webhook again. `webhook-id` comes with signed webhooks and is part of what
 * is signed, so that a captured delivery cannot be sent again under another id. `Idempotency-Key` (GitLab 17.4 and later)
 * has the same value. Older versions send only the id of the event, which a retry repeats as well.
 * Source: GitLab's documentation, "Webhooks", section "Delivery headers".
 */
export function deliveryId({ headers }: WebhookDelivery): string | undefined {
  const ids = [headers['webhook-id'], headers['idempotency-key'], headers['x-gitlab-event-uuid']];
  return ids.find((id) => id !== undefined && id !== '');
}
