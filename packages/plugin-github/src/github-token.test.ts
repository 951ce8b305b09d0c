import { readFileSync } from 'node:fs';
import { compileConfigSchema } from '@danube/core/plugins/loading/config-schema.js';
import { SecretValue, type ContributionContext, type GitCredential } from '@danube/plugin-api';
import { parseFiles } from '@danube/test-support/config-file-fixture.js';
import { expect, test } from 'vitest';
import { appSchema, forgeSchema, tokenSchema } from './config.js';
import { githubToken } from './github-token.js';

const secret = (name: string) => Promise.resolve(new SecretValue(`value of ${name}`));

function issue(repository: string, url?: string): Promise<GitCredential> {
  const config = { token_secret: 'github-token', ...(url === undefined ? {} : { url }) };
  const method = githubToken.create(config, { secret } as unknown as ContributionContext);
  return method.issueCredential({ url: repository }, new AbortController().signal);
}

test.each([
  ['https://github.com/octo/hello.git', undefined],
  ['https://github.example.com/octo/hello', 'https://github.example.com/'],
])('the token is the password for %s', async (repository, url) => {
  const credential = await issue(repository, url);
  expect(credential).toMatchObject({ kind: 'https', username: 'x-access-token' });
  expect(credential.kind === 'https' && credential.password.reveal()).toBe('value of github-token');
});

test.each([
  ['https://github.example.com/octo/hello.git'],
  ['https://github.com.example.org/octo/hello.git'],
  ['http://github.com/octo/hello.git'],
  ['git@github.com:octo/hello.git'],
])('the token does not go to %s', async (repository) => {
  await expect(issue(repository)).rejects.toMatchObject({ code: 'repository_not_served' });
});

test('the examples of the documentation are accepted', async () => {
  const page = readFileSync(new URL('../../../docs/github-app-setup.md', import.meta.url), 'utf8');
  const [withApp = '', withToken = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);
  const accepts = (schema: unknown, config: unknown) => compileConfigSchema(schema, 'github')(config);
  for (const [example, schema] of [
    [withApp, appSchema],
    [withToken, tokenSchema],
  ] as const) {
    const { settings } = await parseFiles({ 'config.yaml': example });
    const { forges, gitAuthMethods } = settings.integrations;
    expect(forges.map(({ config }) => accepts(forgeSchema, config))).toEqual([true]);
    expect(gitAuthMethods.map(({ config }) => accepts(schema, config))).toEqual([true]);
  }
});
