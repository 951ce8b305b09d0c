import type { Contribution, ContributionContext, GitAuthMethod } from '@danube/plugin-api';
import { assertTokenFits } from '@danube/plugin-api/toolkit';
import { AppTokens } from './app/app-tokens.js';
import { tokenCounters } from './app/token-counter.js';
import { apiUrlOf, appSchema, urlOf, type GithubAppConfig } from './config.js';
import { tokenUser } from './github-token.js';
import { repositoryName } from './repository-name.js';

/** A GitHub App: tokens of its installations, which last an hour and are renewed ten minutes before that. */
export const githubApp: Contribution<GithubAppConfig, GitAuthMethod> = {
  type: 'github_app',
  configSchema: appSchema,
  counters: tokenCounters,
  create: (config, context) => createGithubApp(config, context, Date.now),
};

export function createGithubApp(
  config: GithubAppConfig,
  context: ContributionContext,
  now: () => number,
): GitAuthMethod {
  const url = urlOf(config);
  // a checkout only reads; what a job might get hold of can do no more
  const permissions = { contents: 'read' };
  const tokens = new AppTokens({ app: config, apiUrl: apiUrlOf(config), context, permissions, now });
  return {
    async issueCredential(repository, signal) {
      assertTokenFits(url, repository);
      const name = repositoryName(url, repository);
      return { kind: 'https', username: tokenUser, password: await tokens.token(name, signal) };
    },
  };
}
