import { DanubeError, type Contribution, type GitAuthMethod } from '@danube/plugin-api';
import { servedBy } from '@danube/plugin-api/toolkit';
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
        // a token must not travel to another server, nor in clear text to one that is meant to be reached over https
        if (!servedBy(url, repository.url) || !repository.url.startsWith(`${new URL(url).protocol}//`)) {
          throw notServed(repository.url, url);
        }
        return { kind: 'https', username, password: await context.secret(config.token_secret, signal) };
      },
    };
  },
};

function notServed(repositoryUrl: string, url: string): DanubeError {
  const message = `the token for ${url} is not for ${repositoryUrl}; narrow match_patterns, or give the repository as ${url}/…`;
  return new DanubeError('repository_not_served', message, { category: 'invalid' });
}
