import type { GitCredential } from '@danube/plugin-api';
import { afterEach, expect, test } from 'vitest';
import { startApp, type AppFixture } from './app.fixture.js';

const minute = 60_000;
const counter = 'danube_github_app_tokens_generated_total';
const fixtures: AppFixture[] = [];

afterEach(async () => {
  await Promise.all(fixtures.splice(0).map(({ remote }) => remote.close()));
});

async function start(entry?: Readonly<Record<string, unknown>>): Promise<AppFixture> {
  const fixture = await startApp(entry);
  fixtures.push(fixture);
  return fixture;
}

function password(credential: GitCredential): string {
  return credential.kind === 'https' ? credential.password.reveal() : '';
}

function claimsOf(authorization: string | undefined): readonly unknown[] {
  const parts = authorization?.replace('Bearer ', '').split('.').slice(0, 2) ?? [];
  return parts.map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown);
}

test('a credential is a token of the installation that may only read contents', async () => {
  const { issue, requests, counts } = await start();
  const credential = await issue();
  expect(credential).toMatchObject({ kind: 'https', username: 'x-access-token' });
  expect(password(credential)).toBe('ghs_simulated0');
  expect(requests).toMatchObject([
    {
      method: 'POST',
      path: '/app/installations/78910/access_tokens',
      body: { permissions: { contents: 'read' } },
      headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
    },
  ]);
  expect(counts).toEqual({ [`${counter} success`]: 1 });
});

test.each([['123456'], [123456]])('app_id %j signs with RS256 for nine minutes from a minute ago', async (app_id) => {
  const { issue, requests, clock } = await start({ app_id });
  await issue();
  const seconds = clock.now / 1000;
  expect(claimsOf(requests[0]?.headers.authorization)).toEqual([
    { alg: 'RS256', typ: 'JWT' },
    { iss: '123456', iat: seconds - 60, exp: seconds + 540 },
  ]);
});

test('a token is kept until ten minutes before it expires', async () => {
  const { issue, requests, clock, remote } = await start();
  const first = await issue();
  clock.now += 49 * minute;
  expect(await issue()).toEqual(first);
  expect(requests).toHaveLength(1);
  clock.now += minute;
  await issue();
  expect(remote.requests()).toBe(2);
});

test('a hundred callers at once wait for one request', async () => {
  const { issue, requests } = await start();
  const credentials = await Promise.all(Array.from({ length: 100 }, () => issue()));
  expect(new Set(credentials.map(password)).size).toBe(1);
  expect(requests).toHaveLength(1);
});

test('the installation is looked up for each repository where none is configured, and its token is shared', async () => {
  const { issue, requests } = await start({ installation_id: undefined });
  await issue();
  await issue('https://github.com/Octo/Hello');
  expect(requests.map(({ path }) => path)).toEqual([
    '/repos/octo/hello/installation',
    '/app/installations/78910/access_tokens',
  ]);
});

test('an app that was installed anew is found again', async () => {
  const { issue, clock, app } = await start({ installation_id: undefined });
  await issue();
  app.installation = 78911;
  clock.now += 55 * minute;
  await expect(issue()).rejects.toMatchObject({ code: 'github_app_token_failed', category: 'not_found' });
  await expect(issue()).resolves.toMatchObject({ kind: 'https' });
});

test('entries of several apps do not share tokens', async () => {
  const [one, other] = [await start(), await start({ app_id: 777 })];
  other.app.appId = '777';
  await Promise.all([one.issue(), other.issue()]);
  expect([one, other].map(({ requests }) => claimsOf(requests[0]?.headers.authorization)[1])).toMatchObject([
    { iss: '123456' },
    { iss: '777' },
  ]);
});

test('a key that was changed holds from the next token on', async () => {
  const { issue, secrets, clock, requests } = await start();
  await issue();
  secrets['app-key'] = 'gone';
  await issue();
  clock.now += 50 * minute;
  await expect(issue()).rejects.toMatchObject({ code: 'github_app_token_failed' });
  expect(requests).toHaveLength(1);
});

test.each([
  [
    'another server',
    'https://example.org/octo/hello.git',
    /is not for https:\/\/example\.org\/octo\/hello\.git; narrow/,
  ],
  ['no repository', 'https://github.com/octo', /is not a repository/],
  ['clear text', 'http://github.com/octo/hello', /is not for http:/],
  ['ssh', 'git@github.com:octo/hello.git', /give the repository as https:\/\/github\.com\/…$/],
])('no token goes to %s', async (_name, url, message) => {
  const { issue, requests } = await start();
  await expect(issue(url)).rejects.toMatchObject({
    code: 'repository_not_served',
    message: expect.stringMatching(message) as string,
  });
  expect(requests).toEqual([]);
});
