import type { Contribution, ContributionContext, Forge } from '@danube/plugin-api';
import { hmacSha256Matches, servedBy } from '@danube/plugin-api/toolkit';
import { giteaApi } from './api.js';
import { forgeSchema, urlOf, type GiteaForgeConfig } from './config.js';
import { flavours } from './flavours.js';
import { giteaHistory } from './history.js';
import { identifyRepository } from './identify-repository.js';
import { parseEvent } from './parse-event.js';
import { giteaStatuses } from './statuses.js';

/** One server of Gitea or Forgejo. */
export const gitea: Contribution<GiteaForgeConfig, Forge> = {
  type: 'gitea',
  configSchema: forgeSchema,
  create(config: GiteaForgeConfig, context: ContributionContext): Forge {
    const url = urlOf(config);
    const flavour = flavours[config.flavour ?? 'gitea'];
    return {
      credentialHeaders: [],
      servesRepository: (repositoryUrl) => servedBy(url, repositoryUrl),
      deliveryId: ({ headers }) => headers[flavour.deliveryHeader] || undefined,
      identifyRepository,
      verifySignature: ({ headers, body }, secret) => hmacSha256Matches(body, headers[flavour.signatureHeader], secret),
      parseEvent: (delivery) => parseEvent(flavour, delivery),
      ...(config.token_secret === undefined ? {} : facets(flavour.product, url, config.token_secret, context)),
    };
  },
};

function facets(
  product: string,
  url: string,
  tokenSecret: string,
  context: ContributionContext,
): Pick<Forge, 'statuses' | 'history'> {
  const api = giteaApi(product, url, tokenSecret, context);
  return { statuses: giteaStatuses(url, api), history: giteaHistory(url, api) };
}
