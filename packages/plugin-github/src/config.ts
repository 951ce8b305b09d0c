import { secretName, type JsonSchema } from '@danube/plugin-api';
import { httpAddress } from '@danube/plugin-api/toolkit';

/** A server of GitHub's. */
export interface ServerConfig {
  readonly url?: string;
  readonly api_url?: string;
}

/** A GitHub App. Its ids may be written as numbers or as texts. */
export interface AppConfig {
  readonly app_id: string | number;
  /** Without it, the app's installation is looked up for each repository. */
  readonly installation_id?: string | number;
  readonly private_key_secret: string;
}

/** An entry of `forges` with `type: github`. Without an app and a token there are no statuses and no history. */
export type GithubForgeConfig = ServerConfig & Partial<AppConfig> & { readonly token_secret?: string };

/** An entry of `git_authentication` with `type: github_app`. */
export type GithubAppConfig = ServerConfig & AppConfig;

/** An entry of `git_authentication` with `type: github_token`. */
export type GithubTokenConfig = Pick<ServerConfig, 'url'> & { readonly token_secret: string };

const url = {
  type: 'string',
  maxLength: 500,
  pattern: '^https?://[^\\s/@?#]+/?$',
  patternErrorMessage: 'https:// and the name of the server, for example https://github.example.com',
  description: 'Where the pages of GitHub are. Default: https://github.com',
};

const server = {
  url,
  api_url: httpAddress(
    'Where the REST API is. Default: https://api.github.com, of a server of your own its url with /api/v3 behind it',
  ),
};

const app = {
  app_id: {
    type: ['integer', 'string'],
    minimum: 1,
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$',
    patternErrorMessage: 'the "App ID" or the "Client ID" from the settings of the app',
    description: '"App ID" or "Client ID" from the settings of the GitHub App.',
  },
  installation_id: {
    type: ['integer', 'string'],
    minimum: 1,
    pattern: '^[1-9][0-9]{0,19}$',
    patternErrorMessage: 'the number at the end of the address of the installation',
    description: 'Number of the installation. Default: looked up for each repository.',
  },
  private_key_secret: secretName(
    'Name of the secret with the private key of the app, as the .pem file that GitHub gives',
  ),
};

const tokenSecret = secretName('Name of the secret with an access token');

export const forgeSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { ...server, ...app, token_secret: tokenSecret },
  dependentRequired: {
    app_id: ['private_key_secret'],
    private_key_secret: ['app_id'],
    installation_id: ['app_id'],
  },
};

export const appSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['app_id', 'private_key_secret'],
  properties: { ...server, ...app },
};

export const tokenSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['token_secret'],
  properties: { url, token_secret: tokenSecret },
};

/** The configured address of the pages, without a slash at its end. */
export function urlOf({ url: configured = 'https://github.com' }: Pick<ServerConfig, 'url'>): string {
  return configured.replace(/\/+$/, '');
}

/** Address of the REST API: of github.com and of companies at ghe.com on a host of its own, elsewhere in a folder. */
export function apiUrlOf(config: ServerConfig): string {
  if (config.api_url !== undefined) return config.api_url.replace(/\/+$/, '');
  const pages = new URL(urlOf(config));
  const hasOwnHost = pages.hostname === 'github.com' || pages.hostname.endsWith('.ghe.com');
  return hasOwnHost ? `${pages.protocol}//api.${pages.host}` : `${pages.origin}/api/v3`;
}
