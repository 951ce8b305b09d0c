import type { ContributionContext, SecretValue } from '@danube/plugin-api';
import { AppTokens } from './app/app-tokens.js';
import { apiUrlOf, type AppConfig, type GithubForgeConfig } from './config.js';
import type { RepositoryName } from './repository-name.js';

/** What opens repositories to the REST API. */
export interface Access {
  token(repository: RepositoryName, signal: AbortSignal): Promise<SecretValue>;
  /** Forgets a token that GitHub no longer takes; answers whether another one can be had. */
  renew(repository: RepositoryName): boolean;
}

/** The app or the token of an entry of `forges`; the app where there are both, undefined where there is neither. */
export function accessOf(config: GithubForgeConfig, context: ContributionContext): Access | undefined {
  const { token_secret: secret } = config;
  if (hasApp(config)) return new AppTokens({ app: config, apiUrl: apiUrlOf(config), context, now: Date.now });
  if (secret === undefined) return undefined;
  return { token: (_repository, signal) => context.secret(secret, signal), renew: () => false };
}

function hasApp(config: GithubForgeConfig): config is GithubForgeConfig & AppConfig {
  return config.app_id !== undefined && config.private_key_secret !== undefined;
}
