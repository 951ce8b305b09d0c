import { DanubeError, type Contribution, type GitAuthMethod } from '@danube/plugin-api';
import { servedBy } from '@danube/plugin-api/toolkit';
import { tokenSchema, urlOf, type GitlabTokenConfig } from './config.js';

/** An access token as the password of https: GitLab takes any name with it, and `oauth2` is what it documents. */
export const gitlabToken: Contribution<GitlabTokenConfig, GitAuthMethod> = {
  type: 'gitlab_token',
  configSchema: tokenSchema,
  create(config, context): GitAuthMethod {
    const url = urlOf(config);
    return {
      async issueCredential(repository, signal) {
        // a token must not travel to another server, nor in clear text to one that is meant to be reached over https
        if (!servedBy(url, repository.url) || !repository.url.startsWith(`${new URL(url).protocol}//`)) {
          throw notServed(repository.url, url);
        }
        return { kind: 'https', username: 'oauth2', password: await context.secret(config.token_secret, signal) };
      },
    };
  },
};

function notServed(repositoryUrl: string, url: string): DanubeError {
  const message = `the GitLab token for ${url} is not for ${repositoryUrl}; narrow match_patterns, or give the repository as ${url}/…`;
  return new DanubeError('repository_not_served', message, { category: 'invalid' });
}
