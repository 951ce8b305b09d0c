import type { ForgeRepository, Ignored, WebhookDelivery } from '@danube/plugin-api';
import { ignored, readJsonBody, type JsonObject } from '@danube/plugin-api/toolkit';

/** Every event of a project carries it as `project`; events of groups and of the whole instance have none. */
export function identifyRepository(delivery: WebhookDelivery): ForgeRepository | Ignored {
  const project = readJsonBody(delivery).optionalObject('project');
  return project === undefined ? ignored('the event is about no project') : repositoryOf(project);
}

export function repositoryOf(project: JsonObject): ForgeRepository {
  const ssh = project.optionalText('git_ssh_url') ?? '';
  return {
    fullName: project.text('path_with_namespace'),
    cloneUrls: [project.text('git_http_url'), ...(ssh === '' ? [] : [ssh])],
  };
}
