import type { Contribution, ContributionContext, Forge } from '@danube/plugin-api';
import { servedBy, type ForgeApi } from '@danube/plugin-api/toolkit';
import { gitlabApi } from './api.js';
import { apiUrlOf, forgeSchema, urlOf, type GitlabForgeConfig } from './config.js';
import { deliveryId } from './delivery-id.js';
import { gitlabHistory } from './history.js';
import { identifyRepository } from './identify-repository.js';
import { parseEvent } from './parse-event.js';
import { gitlabStatuses } from './statuses.js';
import { sentAt, verifySignature } from './verify-signature.js';

/** One GitLab server: gitlab.com or one's own. */
export const gitlab: Contribution<GitlabForgeConfig, Forge> = {
  type: 'gitlab',
  configSchema: forgeSchema,
  create(config: GitlabForgeConfig, context: ContributionContext): Forge {
    const url = urlOf(config);
    return {
      credentialHeaders: ['x-gitlab-token'],
      servesRepository: (repositoryUrl) => servedBy(url, repositoryUrl),
      deliveryId,
      identifyRepository,
      verifySignature,
      sentAt,
      parseEvent,
      ...(config.token_secret === undefined
        ? {}
        : facets(gitlabApi(apiUrlOf(config), config.token_secret, context), url)),
    };
  },
};

function facets(api: ForgeApi, url: string): Pick<Forge, 'statuses' | 'history'> {
  return { statuses: gitlabStatuses(url, api), history: gitlabHistory(url, api) };
}
