import type { Contribution, ContributionContext, Forge } from '@danube/plugin-api';
import { servedBy } from '@danube/plugin-api/toolkit';
import { accessOf } from './access.js';
import { GithubApi } from './api.js';
import { tokenCounters } from './app/token-counter.js';
import { apiUrlOf, forgeSchema, urlOf, type GithubForgeConfig } from './config.js';
import { githubHistory } from './history/history.js';
import { identifyRepository } from './identify-repository.js';
import { parseEvent } from './parse-event.js';
import { githubStatuses } from './statuses.js';
import { verifySignature } from './verify-signature.js';

/** GitHub itself, or one server of GitHub Enterprise. */
export const github: Contribution<GithubForgeConfig, Forge> = {
  type: 'github',
  configSchema: forgeSchema,
  counters: tokenCounters,
  create(config: GithubForgeConfig, context: ContributionContext): Forge {
    const url = urlOf(config);
    return {
      credentialHeaders: [],
      servesRepository: (repositoryUrl) => servedBy(url, repositoryUrl),
      deliveryId: ({ headers }) => headers['x-github-delivery'] || undefined,
      identifyRepository,
      verifySignature,
      parseEvent,
      ...facets(url, config, context),
    };
  },
};

function facets(
  url: string,
  config: GithubForgeConfig,
  context: ContributionContext,
): Pick<Forge, 'statuses' | 'history'> {
  const access = accessOf(config, context);
  if (access === undefined) return {};
  const api = new GithubApi(apiUrlOf(config), access);
  return { statuses: githubStatuses(url, api), history: githubHistory(url, api) };
}
