import type { Contribution, GitAuthMethod } from '@danube/plugin-api';
import { assertTokenFits } from '@danube/plugin-api/toolkit';
import { tokenSchema, urlOf, type GiteaTokenConfig } from './config.js';

/** An access token as the password of https. The server goes by the token and ignores the name. */
export const giteaToken: Contribution<GiteaTokenConfig, GitAuthMethod> = {
  type: 'gitea_token',
  configSchema: tokenSchema,
  create(config, context): GitAuthMethod {
    const url = urlOf(config);
    const username = config.username ?? 'danube';
    return {
      async issueCredential(repository, signal) {
        assertTokenFits(url, repository);
        return { kind: 'https', username, password: await context.secret(config.token_secret, signal) };
      },
    };
  },
};
