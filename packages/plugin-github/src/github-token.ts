import type { Contribution, GitAuthMethod } from '@danube/plugin-api';
import { assertTokenFits } from '@danube/plugin-api/toolkit';
import { tokenSchema, urlOf, type GithubTokenConfig } from './config.js';

/** User name with which GitHub takes any of its tokens as the password of https. */
export const tokenUser = 'x-access-token';

/** An access token, personal or of a machine user. */
export const githubToken: Contribution<GithubTokenConfig, GitAuthMethod> = {
  type: 'github_token',
  configSchema: tokenSchema,
  create(config, context): GitAuthMethod {
    const url = urlOf(config);
    return {
      async issueCredential(repository, signal) {
        signal.throwIfAborted();
        assertTokenFits(url, repository);
        return { kind: 'https', username: tokenUser, password: await context.secret(config.token_secret, signal) };
      },
    };
  },
};
