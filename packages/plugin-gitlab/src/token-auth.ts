import type { Contribution, GitAuthMethod } from '@danube/plugin-api';
import { assertTokenFits } from '@danube/plugin-api/toolkit';
import { tokenSchema, urlOf, type GitlabTokenConfig } from './config.js';

/**
 * A token as the password of https. GitLab takes any name with an access token, and `oauth2` is what it documents; a deploy
 * token holds with its own name only.
 */
export const gitlabToken: Contribution<GitlabTokenConfig, GitAuthMethod> = {
  type: 'gitlab_token',
  configSchema: tokenSchema,
  create(config, context): GitAuthMethod {
    const url = urlOf(config);
    const username = config.username ?? 'oauth2';
    return {
      async issueCredential(repository, signal) {
        assertTokenFits(url, repository);
        return { kind: 'https', username, password: await context.secret(config.token_secret, signal) };
      },
    };
  },
};
