import type { ForgeRepository, Ignored, WebhookDelivery } from '@danube/plugin-api';
import { ignored, readJsonBody, type JsonObject } from '@danube/plugin-api/toolkit';

/** Events of a repository carry it; those of an organisation or of the whole server, such as packages, may not. */
export function identifyRepository(delivery: WebhookDelivery): ForgeRepository | Ignored {
  const repository = readJsonBody(delivery).optionalObject('repository');
  return repository === undefined ? ignored('the event is about no repository') : repositoryOf(repository);
}

export function repositoryOf(repository: JsonObject): ForgeRepository {
  const ssh = repository.optionalText('ssh_url') ?? '';
  return {
    fullName: repository.text('full_name'),
    cloneUrls: [repository.text('clone_url'), ...(ssh === '' ? [] : [ssh])],
  };
}
