import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

const value = 'a value that nobody may see';

let http: HttpFixture;

beforeEach(async () => {
  http = await HttpFixture.start();
  await http.addPipelines('web', 'api');
});
afterEach(() => http.stop());

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const response = await http.fetch(`/api/v1/secrets${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, text: await response.text() };
}

async function names(path: string): Promise<unknown[]> {
  const { body } = (await http.json(path)) as { body: { items: { name: string; team?: string; pipeline?: string }[] } };
  return body.items.map(({ name, team, pipeline }) => [name, team ?? pipeline ?? 'global']);
}

test('secrets are set, listed with where they come from, and removed', async () => {
  expect((await send('PUT', '/TOKEN', { value })).status).toBe(201);
  expect((await send('PUT', '/TOKEN', { value: 'other' })).status).toBe(200);
  expect((await send('PUT', '/TOKEN?team=platform', { value })).status).toBe(201);
  expect((await send('PUT', '/KEY?pipeline=web', { value })).status).toBe(201);
  expect(await names('/api/v1/secrets')).toEqual([
    ['KEY', 'web'],
    ['TOKEN', 'global'],
    ['TOKEN', 'platform'],
  ]);
  expect(await names('/api/v1/pipelines/web/secrets')).toEqual([
    ['KEY', 'web'],
    ['TOKEN', 'platform'],
  ]);
  expect(await names('/api/v1/pipelines/api/secrets')).toEqual([['TOKEN', 'platform']]);
  expect(await send('DELETE', '/TOKEN?team=platform')).toEqual({ status: 204, text: '' });
  expect(await names('/api/v1/pipelines/api/secrets')).toEqual([['TOKEN', 'global']]);
});

test.each<[number, string, string, string, unknown]>([
  [400, 'query team and query pipeline exclude each other', 'PUT', '/A?team=platform&pipeline=web', { value }],
  [400, 'query repo is not known', 'PUT', '/A?repo=web', { value }],
  [400, 'path name must be text that matches', 'PUT', '/A%20B', { value }],
  [400, 'path name must be text that matches', 'PUT', '/%2E%2E%2Fx', { value }],
  [400, 'body vlaue is not known', 'PUT', '/A', { vlaue: value }],
  [400, 'body value must be one text', 'PUT', '/A', { value: [value] }],
  [400, 'the value given for the secret \\"A\\" is empty', 'PUT', '/A', { value: '' }],
  [400, '65536 are accepted', 'PUT', '/A', { value: value.repeat(3000) }],
  [404, 'there is no team \\"nobody\\"', 'PUT', '/A?team=nobody', { value }],
  [404, 'there is no pipeline \\"none\\"', 'PUT', '/A?pipeline=none', { value }],
  [404, 'there is no secret \\"A\\" of the whole instance', 'DELETE', '/A', undefined],
])('%i: %s', async (status, message, method, path, body) => {
  const answer = await send(method, path, body);
  expect(answer).toEqual({ status, text: expect.stringContaining(message) as string });
  expect(answer.text).not.toContain('nobody may see');
  expect(await names('/api/v1/secrets')).toEqual([]);
});

test('whoever is logged in gets the public key', async () => {
  expect(JSON.parse((await send('GET', '/recipient')).text)).toEqual({ recipient: http.deps.secretRecipient });
  expect((await send('PUT', '/recipient', { value })).status).toBe(201);
});

test('the list tells which secrets the config repository sets, and those are not for people to change', async () => {
  await send('PUT', '/MANUAL', { value });
  await send('PUT', '/TOKEN?pipeline=web', { value });
  const web = { kind: 'pipeline', pipelineId: 'web' } as const;
  const stored = await http.database.secrets.find('TOKEN', web);
  if (stored === undefined) throw new Error('it was stored');
  await http.database.secrets.save({ ...stored, sealed: 'an age file' });
  const { body } = (await http.json('/api/v1/secrets')) as { body: { items: { name: string; source: string }[] } };
  expect(body.items.map(({ name, source }) => [name, source])).toEqual([
    ['MANUAL', 'manual'],
    ['TOKEN', 'config'],
  ]);
  for (const answer of [
    await send('PUT', '/TOKEN?pipeline=web', { value: 'other' }),
    await send('DELETE', '/TOKEN?pipeline=web'),
  ]) {
    expect(answer).toEqual({ status: 409, text: expect.stringContaining('secret_managed_by_config') as string });
  }
  expect(await http.database.secrets.find('TOKEN', web)).toMatchObject({ sealed: 'an age file' });
});

test('values are in no answer and no log line', async () => {
  const answers = [
    await send('PUT', '/TOKEN', { value }),
    await send('PUT', '/TOKEN', { value }),
    await send('GET', ''),
    await send('GET', '/TOKEN'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 405]);
  expect(JSON.stringify([answers, http.loggers.entries])).not.toContain('nobody may see');
});

test.each([
  ['GET', '/api/v1/secrets'],
  ['GET', '/api/v1/secrets/recipient'],
  ['PUT', '/api/v1/secrets/A'],
  ['DELETE', '/api/v1/secrets/A'],
  ['GET', '/api/v1/pipelines/web/secrets'],
])('%s %s is closed to strangers', async (method, path) => {
  expect((await http.fetch(path, { method, headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
});
