import type { ForgeEvent, Ignored, WebhookDelivery } from '@danube/plugin-api';
import { eventOf, ignoredEvent } from './ignored-event.js';
import { parsePullRequest } from './parse-pull-request.js';
import { parsePush } from './parse-push.js';
import { readBody } from './read-body.js';

export function parseEvent(delivery: WebhookDelivery): ForgeEvent | Ignored {
  const event = eventOf(delivery);
  const body = readBody(delivery);
  if (event === 'push') return parsePush(body);
  if (event === 'pull_request') return parsePullRequest(body);
  return ignoredEvent(delivery, body);
}
