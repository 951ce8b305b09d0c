import { secretName, type JsonSchema } from '@danube/plugin-api';
import { httpAddress } from '@danube/plugin-api/toolkit';

const defaultUrl = 'https://gitlab.com';

/** An entry of `forges` with `type: gitlab`. */
export interface GitlabForgeConfig {
  readonly url?: string;
  /** Default: `/api/v4` below `url`. */
  readonly api_url?: string;
  /** Name of the secret with an access token; without it there are no statuses and no history. */
  readonly token_secret?: string;
}

/** An entry of `git_authentication` with `type: gitlab_token`. */
export interface GitlabTokenConfig {
  readonly url?: string;
  readonly token_secret: string;
  /** Default: `oauth2`. */
  readonly username?: string;
}

const url = httpAddress(`Where GitLab's pages are, with the folder if it lives in one. Default: ${defaultUrl}`);

export const forgeSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    url,
    api_url: httpAddress('Where the REST API is reached from this server. Default: /api/v4 below url'),
    token_secret: secretName(
      'Name of the secret with an access token (scope api), for commit statuses and missed pushes',
    ),
  },
};

export const tokenSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['token_secret'],
  properties: {
    url,
    token_secret: secretName('Name of the secret with an access token or a deploy token (scope read_repository)'),
    username: {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      pattern: '^[^\\s:]+$',
      patternErrorMessage: 'the user name of the deploy token, such as gitlab+deploy-token-7',
      description: 'User name of a deploy token; access tokens need none. Default: oauth2',
    },
  },
};

export function apiUrlOf(config: GitlabForgeConfig): string {
  return config.api_url ?? `${urlOf(config)}/api/v4`;
}

/** The configured address, without a slash at its end. */
export function urlOf(config: { readonly url?: string }): string {
  return (config.url ?? defaultUrl).replace(/\/+$/, '');
}
