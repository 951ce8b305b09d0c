import { compileConfigSchema } from '@danube/core/plugins/loading/config-schema.js';
import type { JsonSchema } from '@danube/plugin-api';
import { expect, test } from 'vitest';
import { apiUrlOf, appSchema, forgeSchema, tokenSchema, urlOf } from './config.js';

test.each([
  [{}, 'https://github.com', 'https://api.github.com'],
  [{ url: 'https://github.com/' }, 'https://github.com', 'https://api.github.com'],
  [{ url: 'https://octo.ghe.com' }, 'https://octo.ghe.com', 'https://api.octo.ghe.com'],
  [{ url: 'https://git.example.com:8443/' }, 'https://git.example.com:8443', 'https://git.example.com:8443/api/v3'],
  [
    { url: 'https://git.example.com', api_url: 'https://api.example.com/' },
    'https://git.example.com',
    'https://api.example.com',
  ],
])('%j is the server %s with its API at %s', (config, url, apiUrl) => {
  expect([urlOf(config), apiUrlOf(config)]).toEqual([url, apiUrl]);
});

function problems(schema: JsonSchema, entry: unknown): readonly string[] {
  const validate = compileConfigSchema(schema, 'github');
  validate(entry);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

const app = { app_id: '123456', private_key_secret: 'key' };

test.each<[string, JsonSchema, unknown]>([
  ['a forge without anything', forgeSchema, {}],
  ['a forge with an app', forgeSchema, { ...app, installation_id: '78910' }],
  ['a forge with a token', forgeSchema, { token_secret: 'token', url: 'https://github.example.com' }],
  ['an app with numbers', appSchema, { ...app, app_id: 123456, installation_id: 78910 }],
  ['an app by its client id', appSchema, { ...app, app_id: 'Iv23liABCDEF' }],
  ['a token', tokenSchema, { token_secret: 'token' }],
])('%s is accepted', (_name, schema, entry) => expect(problems(schema, entry)).toEqual([]));

test.each<[string, JsonSchema, unknown, string]>([
  ['an app without its key', forgeSchema, { app_id: 1 }, ' dependentRequired'],
  ['an installation without its app', forgeSchema, { installation_id: 1 }, ' dependentRequired'],
  ['an app id that leaves the path', appSchema, { ...app, app_id: '../1' }, '/app_id pattern'],
  ['an installation that is no number', appSchema, { ...app, installation_id: 'octo' }, '/installation_id pattern'],
  ['an installation of 0', appSchema, { ...app, installation_id: 0 }, '/installation_id minimum'],
  ['a server with a password', tokenSchema, { token_secret: 'x', url: 'https://a:b@github.com' }, '/url pattern'],
  ['a server with a path', tokenSchema, { token_secret: 'x', url: 'https://github.com/octo' }, '/url pattern'],
  ['an API that is no address', appSchema, { ...app, api_url: 'api.github.com' }, '/api_url pattern'],
  ['a key of the host', appSchema, { ...app, private_key: 'x' }, ' additionalProperties'],
])('%s is refused', (_name, schema, entry, problem) => expect(problems(schema, entry)).toEqual([problem]));
