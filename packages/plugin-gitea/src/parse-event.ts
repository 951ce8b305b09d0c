import type { ForgeEvent, Ignored, WebhookDelivery } from '@danube/plugin-api';
import { deliveryInvalid, ignored, readJsonBody } from '@danube/plugin-api/toolkit';
import type { Flavour } from './flavours.js';
import { parsePullRequest } from './parse-pull-request.js';
import { parsePush } from './parse-push.js';

const longestName = 60;

/** Changes of labels, reviewers and milestones are `pull_request` events too; their action tells them apart. */
export function parseEvent(flavour: Flavour, delivery: WebhookDelivery): ForgeEvent | Ignored {
  const event = delivery.headers[flavour.eventHeader] ?? '';
  switch (event) {
    case 'push':
      return parsePush(readJsonBody(delivery));
    case 'pull_request':
      return parsePullRequest(readJsonBody(delivery));
    case 'create':
    case 'delete':
      return ignored(`${event} events repeat what a push event says`);
    case '':
      throw deliveryInvalid(
        `the header ${flavour.eventHeader} is missing; check flavour, which is for ${flavour.product}`,
      );
    default:
      return ignored(`${event.slice(0, longestName)} events start no job`);
  }
}
