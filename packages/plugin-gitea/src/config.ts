import { secretName, type JsonSchema } from '@danube/plugin-api';
import { httpAddress } from '@danube/plugin-api/toolkit';
import { flavours, type FlavourName } from './flavours.js';

/** An entry of `forges` with `type: gitea`. */
export interface GiteaForgeConfig {
  readonly url: string;
  /** Default: `/api/v1` below `url`. */
  readonly api_url?: string;
  readonly flavour?: FlavourName;
  /** Name of the secret with an access token; without it there are no statuses and no history. */
  readonly token_secret?: string;
}

/** An entry of `git_authentication` with `type: gitea_token`. */
export interface GiteaTokenConfig {
  readonly url: string;
  readonly token_secret: string;
  readonly username?: string;
}

const url = httpAddress('Where the pages of Gitea or Forgejo are, with the folder if it lives in one');

export const forgeSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['url'],
  properties: {
    url,
    api_url: httpAddress('Where the REST API is reached from this server. Default: /api/v1 below url'),
    flavour: {
      enum: Object.keys(flavours),
      description: 'Which of the two it is; says which headers its webhooks are known by. Default: gitea',
    },
    token_secret: secretName(
      'Name of the secret with an access token (scope write:repository), for commit statuses and missed pushes',
    ),
  },
};

export const tokenSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['url', 'token_secret'],
  properties: {
    url,
    token_secret: secretName('Name of the secret with an access token (scope read:repository)'),
    username: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      pattern: '^[^\\s:]+$',
      description: 'Login name that the token belongs to. The server goes by the token alone. Default: danube',
    },
  },
};

export function apiUrlOf(config: GiteaForgeConfig): string {
  return config.api_url ?? `${urlOf(config)}/api/v1`;
}

/** The configured address, without a slash at its end. */
export function urlOf(config: { readonly url: string }): string {
  return config.url.replace(/\/+$/, '');
}
