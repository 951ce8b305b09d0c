import { readFileSync } from 'node:fs';
import { compileConfigSchema } from '@danube/core/plugins/loading/config-schema.js';
import { manifestProblems } from '@danube/core/plugins/packages/manifest-schema.js';
import { DanubeError, type ContributionContext, type WebhookDelivery } from '@danube/plugin-api';
import { parseFiles } from '@danube/test-support/config-file-fixture.js';
import { describe, expect, it } from 'vitest';
import { forgeSchema, tokenSchema } from './config.js';
import { gitlab } from './forge.js';

const context = {} as ContributionContext;
const accepts = (schema: unknown, config: unknown) => compileConfigSchema(schema, 'gitlab')(config);

it('the manifest is as the host reads it', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(manifestProblems(manifest)).toEqual([]);
});

it('the example of the documentation is accepted', async () => {
  const page = readFileSync(new URL('../../../docs/gitlab-auth.md', import.meta.url), 'utf8');
  const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
  const { settings } = await parseFiles({ 'config.yaml': example });
  const { forges, gitAuthMethods } = settings.integrations;
  expect(forges.map(({ config }) => accepts(forgeSchema, config))).toEqual([true]);
  expect(gitAuthMethods.map(({ config }) => accepts(tokenSchema, config))).toEqual([true]);
});

describe('configuration', () => {
  it.each<[object, boolean]>([
    [{}, true],
    [{ url: 'https://git.example.org/gitlab', token_secret: 'gitlab-token' }, true],
    [{ url: 'http://localhost:3200/', api_url: 'http://gitlab:8080/api/v4' }, true],
    [{ url: 'git.example.org' }, false],
    [{ url: 'ssh://git.example.org' }, false],
    [{ url: 'https://user:pass@git.example.org' }, false],
    [{ url: 'https://git.example.org/?a=b' }, false],
    [{ token: 'glpat-itself' }, false],
    [{ token_secret: '' }, false],
  ])('of a forge: %j', (config, valid) => expect(accepts(forgeSchema, config)).toBe(valid));

  it.each<[object, boolean]>([
    [{ token_secret: 'gitlab-token' }, true],
    [{ url: 'https://git.example.org', token_secret: 'gitlab-token' }, true],
    [{ url: 'https://git.example.org' }, false],
    [{ token_secret: 'gitlab-token', user: 'x' }, false],
  ])('of a token: %j', (config, valid) => expect(accepts(tokenSchema, config)).toBe(valid));
});

describe('repositories', () => {
  it.each([
    [undefined, 'https://gitlab.com/a/b.git', true],
    [undefined, 'git@gitlab.com:a/b.git', true],
    [undefined, 'https://gitlab.example.org/a/b.git', false],
    ['https://git.example.org/gitlab/', 'https://git.example.org/gitlab/a/b', true],
    ['https://git.example.org/gitlab', 'https://git.example.org/gitlab-two/a/b', false],
    ['https://git.example.org/gitlab', 'ssh://git@git.example.org:2222/a/b', true],
  ])('at %s: %s', (url, repository, expected) => {
    const forge = gitlab.create(url === undefined ? {} : { url }, context);
    expect(forge.servesRepository(repository)).toBe(expected);
  });

  it('have neither statuses nor history without an access token', () => {
    const forge = gitlab.create({}, context);
    expect([forge.statuses, forge.history]).toEqual([undefined, undefined]);
  });
});

describe('deliveries', () => {
  const forge = gitlab.create({}, context);
  const delivery = (body: unknown): WebhookDelivery => ({ headers: {}, body: Buffer.from(JSON.stringify(body)) });

  it('that name no event say what to change', () => {
    const invalid = new DanubeError(
      'delivery_invalid',
      'object_kind is missing; remove the custom template of the webhook',
      { category: 'invalid' },
    );
    expect(() => forge.parseEvent(delivery({ ref: 'refs/heads/main' }))).toThrow(invalid);
  });

  it.each(['project_create', 'repository_update', 'user_add_to_team'])('of the whole server: %s', (event_name) => {
    expect(forge.parseEvent(delivery({ event_name }))).toEqual({
      kind: 'ignored',
      reason: `${event_name} events start no job`,
    });
    expect(forge.identifyRepository(delivery({ event_name }))).toEqual({
      kind: 'ignored',
      reason: 'the event is about no project',
    });
  });
});
