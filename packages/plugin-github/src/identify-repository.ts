import type { ForgeRepository, Ignored, WebhookDelivery } from '@danube/plugin-api';
import type { JsonObject } from '@danube/plugin-api/toolkit';
import { ignoredEvent } from './ignored-event.js';
import { readBody } from './read-body.js';

/** Events of a repository carry it; those of an organisation, an app or an account do not. */
export function identifyRepository(delivery: WebhookDelivery): ForgeRepository | Ignored {
  const body = readBody(delivery);
  const repository = body.optionalObject('repository');
  return repository === undefined ? ignoredEvent(delivery, body) : repositoryOf(repository);
}

export function repositoryOf(repository: JsonObject): ForgeRepository {
  const ssh = repository.optionalText('ssh_url') ?? '';
  return {
    fullName: repository.text('full_name'),
    cloneUrls: [repository.text('clone_url'), ...(ssh === '' ? [] : [ssh])],
  };
}
