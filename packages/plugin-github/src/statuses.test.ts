import type { CommitState, CommitStatus, Forge } from '@danube/plugin-api';
import { startRemote, type RemoteRequest, type RemoteServer } from '@danube/plugin-api/testing';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { appKey, testContext } from './app/app.fixture.js';
import { github } from './forge.js';
import { simulateGithub, type SimulatedGithub } from './simulated-github.js';

const signal = new AbortController().signal;
const commit = { repository: { url: 'git@github.com:octo/hello.git' }, sha: 'a'.repeat(40) };
const secrets = { 'app-key': appKey(2048, 'pkcs1'), token: 'ghp_personal' };
const requests: RemoteRequest[] = [];
let simulated: SimulatedGithub;
let remote: RemoteServer;

beforeEach(async () => {
  requests.length = 0;
  const app = { appId: '1', installation: 2, privateKey: secrets['app-key'], fullName: 'octo/hello' };
  simulated = simulateGithub({ ...app, token: secrets.token });
  remote = await startRemote((request) => {
    requests.push(request);
    return simulated.answer(request);
  });
});
afterEach(() => remote.close());

const withApp = { app_id: 1, private_key_secret: 'app-key' };

function forge(entry: object): Forge {
  return github.create({ api_url: remote.url, ...entry }, testContext(secrets).context);
}

function statusOf(state: CommitState, changes: Partial<CommitStatus> = {}): CommitStatus {
  return {
    state,
    context: 'danube/build',
    description: 'all is well',
    targetUrl: 'https://ci.example.com/1',
    ...changes,
  };
}

test.each<[CommitState, string]>([
  ['pending', 'pending'],
  ['running', 'pending'],
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'error'],
])('%s is shown as %s', async (state, shown) => {
  await forge({ token_secret: 'token' }).statuses?.report(commit, statusOf(state), signal);
  expect(simulated.shown('danube/build')).toBe(shown);
  expect(requests).toMatchObject([
    {
      method: 'POST',
      path: `/repos/octo/hello/statuses/${commit.sha}`,
      headers: { authorization: 'Bearer ghp_personal' },
      body: {
        state: shown,
        context: 'danube/build',
        description: 'all is well',
        target_url: 'https://ci.example.com/1',
      },
    },
  ]);
});

test('a server without a public address gives no target', async () => {
  await forge({ token_secret: 'token' }).statuses?.report(
    commit,
    statusOf('success', { targetUrl: undefined }),
    signal,
  );
  expect(requests[0]?.body).not.toHaveProperty('target_url');
});

test('an app finds its installation, and its token serves the next status', async () => {
  const { statuses } = forge(withApp);
  await statuses?.report(commit, statusOf('pending'), signal);
  await statuses?.report(commit, statusOf('success'), signal);
  expect(requests.map(({ path }) => path.replace(/[0-9a-f]{40}/, 'sha'))).toEqual([
    '/repos/octo/hello/installation',
    '/app/installations/2/access_tokens',
    '/repos/octo/hello/statuses/sha',
    '/repos/octo/hello/statuses/sha',
  ]);
});

test('a token that GitHub took back is replaced once', async () => {
  const { statuses } = forge({ ...withApp, installation_id: 2 });
  await statuses?.report(commit, statusOf('pending'), signal);
  simulated.revokeTokens();
  await statuses?.report(commit, statusOf('success'), signal);
  expect(simulated.shown('danube/build')).toBe('success');
});

test('a token that is wrong is not tried again', async () => {
  const { statuses } = forge({ token_secret: 'app-key' });
  await expect(statuses?.report(commit, statusOf('success'), signal)).rejects.toMatchObject({ retryable: false });
  const wrong = github.create({ api_url: remote.url, token_secret: 'token' }, testContext({ token: 'other' }).context);
  await expect(wrong.statuses?.report(commit, statusOf('success'), signal)).rejects.toMatchObject({
    code: 'forge_unauthorized',
  });
  expect(requests).toHaveLength(1);
});

test('without an app and a token there are no statuses and no history', () => {
  const { statuses, history } = forge({});
  expect([statuses, history]).toEqual([undefined, undefined]);
});

test('an app goes before a token', async () => {
  await forge({ ...withApp, installation_id: 2, token_secret: 'token' }).statuses?.report(
    commit,
    statusOf('error'),
    signal,
  );
  expect(requests.at(-1)?.headers.authorization).toBe('Bearer ghs_simulated0');
});

test('while GitHub limits the rate of an owner, nothing more is sent about its repositories', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const { statuses } = forge({ token_secret: 'token' });
  const report = (url = commit.repository.url) =>
    statuses?.report({ ...commit, repository: { url } }, statusOf('success'), signal);
  remote.limitRate();
  await expect(report()).rejects.toMatchObject({ code: 'forge_rate_limited', retryAfterMs: 30_000 });
  await expect(report('https://github.com/Octo/other')).rejects.toMatchObject({ code: 'forge_rate_limited' });
  expect(remote.requests()).toBe(1);
  await expect(report('https://github.com/else/where')).rejects.toMatchObject({ code: 'forge_rate_limited' });
  expect(remote.requests()).toBe(2);
  remote.recover();
  vi.setSystemTime(Date.now() + 30_000);
  await report();
  expect(simulated.shown('danube/build')).toBe('success');
});

test('an emoji, which GitHub refuses in a description, does not keep the end from it', async () => {
  const { statuses } = forge({ token_secret: 'token' });
  await statuses?.report(commit, statusOf('failure', { description: '#3 failed: step "🚀 déploy ✓" ended' }), signal);
  expect(simulated.shown('danube/build')).toBe('failure');
  expect(requests.at(-1)?.body).toMatchObject({ description: '#3 failed: step "� déploy ✓" ended' });
});
