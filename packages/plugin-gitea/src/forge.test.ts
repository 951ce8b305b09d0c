import { readFileSync } from 'node:fs';
import { compileConfigSchema } from '@danube/core/plugins/loading/config-schema.js';
import { manifestProblems } from '@danube/core/plugins/packages/manifest-schema.js';
import type { ContributionContext } from '@danube/plugin-api';
import { parseFiles } from '@danube/test-support/config-file-fixture.js';
import { describe, expect, it } from 'vitest';
import { forgeSchema, tokenSchema } from './config.js';
import { gitea } from './forge.js';

const accepts = (schema: unknown, config: unknown) => compileConfigSchema(schema, 'gitea')(config);
const url = 'https://git.example.com';

it('the manifest is as the host reads it', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(manifestProblems(manifest)).toEqual([]);
});

it('the example of the documentation is accepted', async () => {
  const page = readFileSync(new URL('../../../docs/plugins/gitea.md', import.meta.url), 'utf8');
  const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
  const { settings } = await parseFiles({ 'config.yaml': example });
  const { forges, gitAuthMethods } = settings.integrations;
  expect(forges.map(({ config }) => accepts(forgeSchema, config))).toEqual([true]);
  expect(gitAuthMethods.map(({ config }) => accepts(tokenSchema, config))).toEqual([true]);
});

describe('configuration', () => {
  it.each<[object, boolean]>([
    [{ url }, true],
    [{ url: `${url}/gitea/`, flavour: 'forgejo', api_url: 'http://gitea:3000/api/v1', token_secret: 'token' }, true],
    [{}, false],
    [{ url: 'git.example.com' }, false],
    [{ url, flavour: 'gogs' }, false],
    [{ url, token: 'itself' }, false],
  ])('of a forge: %j', (config, valid) => expect(accepts(forgeSchema, config)).toBe(valid));

  it.each<[object, boolean]>([
    [{ url, token_secret: 'token' }, true],
    [{ url, token_secret: 'token', username: 'ci-bot' }, true],
    [{ url, token_secret: 'token', username: 'a:b' }, false],
    [{ token_secret: 'token' }, false],
    [{ url }, false],
  ])('of a token: %j', (config, valid) => expect(accepts(tokenSchema, config)).toBe(valid));
});

it('there are neither statuses nor history without an access token', () => {
  const forge = gitea.create({ url }, {} as ContributionContext);
  expect([forge.statuses, forge.history]).toEqual([undefined, undefined]);
});
