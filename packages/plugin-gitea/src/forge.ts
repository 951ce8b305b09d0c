import type { Contribution, ContributionContext, Forge } from '@danube/plugin-api';
import { hmacSha256Matches, servedBy, type ForgeApi } from '@danube/plugin-api/toolkit';
import { giteaApi } from './api.js';
import { apiUrlOf, forgeSchema, urlOf, type GiteaForgeConfig } from './config.js';
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
      ...(config.token_secret === undefined
        ? {}
        : facets(giteaApi(flavour.product, apiUrlOf(config), config.token_secret, context), url)),
    };
  },
};

function facets(api: ForgeApi, url: string): Pick<Forge, 'statuses' | 'history'> {
  return { statuses: giteaStatuses(url, api), history: giteaHistory(url, api) };
}
