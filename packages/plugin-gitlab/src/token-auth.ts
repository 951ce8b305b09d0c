import type { Contribution, GitAuthMethod } from '@danube/plugin-api';
import { assertTokenFits } from '@danube/plugin-api/toolkit';
import { tokenSchema, urlOf, type GitlabTokenConfig } from './config.js';

/** An access token as the password of https: GitLab takes any name with it, and `oauth2` is what it documents. */
export const gitlabToken: Contribution<GitlabTokenConfig, GitAuthMethod> = {
  type: 'gitlab_token',
  configSchema: tokenSchema,
  create(config, context): GitAuthMethod {
    const url = urlOf(config);
    return {
      async issueCredential(repository, signal) {
        assertTokenFits(url, repository);
        return { kind: 'https', username: 'oauth2', password: await context.secret(config.token_secret, signal) };
      },
    };
  },
};
