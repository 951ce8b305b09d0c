import type { ForgeEvent, Ignored, WebhookDelivery } from '@danube/plugin-api';
import { deliveryInvalid, ignored, readJsonBody } from '@danube/plugin-api/toolkit';
import { parsePullRequest } from './parse-pull-request.js';
import { parsePush } from './parse-push.js';

const longestName = 60;

/**
 * What the body says it is counts, not `X-Gitlab-Event`: the header is not signed, and is `System Hook` for all events of a
 * system hook.
 */
export function parseEvent(delivery: WebhookDelivery): ForgeEvent | Ignored {
  const body = readJsonBody(delivery);
  const event = body.optionalText('object_kind') ?? body.optionalText('event_name');
  switch (event) {
    case 'push':
    case 'tag_push':
      return parsePush(body);
    case 'merge_request':
      return parsePullRequest(body);
    case undefined:
      throw deliveryInvalid('object_kind is missing; remove the custom template of the webhook');
    default:
      return ignored(`${event.slice(0, longestName)} events start no job`);
  }
}
