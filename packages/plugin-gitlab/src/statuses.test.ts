import { SecretValue, type CommitState, type ContributionContext, type Forge } from '@danube/plugin-api';
import { startRemote, type RemoteAnswer, type RemoteRequest, type RemoteServer } from '@danube/plugin-api/testing';
import { afterEach, expect, it } from 'vitest';
import type { GitlabForgeConfig } from './config.js';
import { gitlab } from './forge.js';
import { simulateGitlab } from './simulated-gitlab.js';

const sha = 'c'.repeat(40);
const token = 'glpat-of-a-test';
const silent = () => undefined;
const context: ContributionContext = {
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  secret: () => Promise.resolve(new SecretValue(token)),
  count: silent,
};
const remotes: RemoteServer[] = [];

afterEach(async () => {
  await Promise.all(remotes.splice(0).map((remote) => remote.close()));
});

async function forgeAt(answer: (request: RemoteRequest) => RemoteAnswer, folder = ''): Promise<[Forge, RemoteServer]> {
  const remote = await startRemote(answer);
  remotes.push(remote);
  const config: GitlabForgeConfig = { url: `${remote.url}${folder}`, token_secret: 'gitlab-token' };
  return [gitlab.create(config, context), remote];
}

function report(forge: Forge, url: string, state: CommitState = 'success', ref?: string): Promise<void> | undefined {
  const status = {
    state,
    context: 'danube/build',
    description: 'done',
    targetUrl: 'https://danube.example.com/jobs/7',
  };
  return forge.statuses?.report({ repository: { url }, sha, ref }, status, new AbortController().signal);
}

it.each([
  ['', 'a/b/c.git', '/api/v4/projects/a%2Fb%2Fc/statuses/'],
  ['/gitlab', 'gitlab/a/b', '/gitlab/api/v4/projects/a%2Fb/statuses/'],
])('a status goes to the project that the URL names, below "%s"', async (folder, path, expected) => {
  const seen: RemoteRequest[] = [];
  const [forge, { url }] = await forgeAt((request) => (seen.push(request), { status: 201, body: {} }), folder);
  await report(forge, `${url}/${path}`, 'running');
  expect(seen[0]).toMatchObject({
    method: 'POST',
    path: `${expected}${sha}`,
    headers: { 'private-token': token },
    body: {
      state: 'running',
      name: 'danube/build',
      description: 'done',
      target_url: 'https://danube.example.com/jobs/7',
    },
  });
});

it('an ssh URL names the same project', async () => {
  const paths: string[] = [];
  const [forge] = await forgeAt(({ path }) => (paths.push(path), { body: {} }), '/gitlab');
  await report(forge, 'git@127.0.0.1:group/app.git', 'pending');
  expect(paths).toEqual([`/gitlab/api/v4/projects/group%2Fapp/statuses/${sha}`]);
});

it.each<[CommitState, string]>([
  ['pending', 'pending'],
  ['running', 'running'],
  ['success', 'success'],
  ['failure', 'failed'],
  ['error', 'failed'],
])('%s is shown as %s, also when it is reported again', async (state, shown) => {
  const simulated = simulateGitlab({ path: 'a/b', token, events: [], tags: {} });
  const [forge, { url }] = await forgeAt((request) => simulated.answer(request));
  await report(forge, `${url}/a/b.git`, state);
  await report(forge, `${url}/a/b.git`, state);
  expect(simulated.shown('danube/build')).toBe(shown);
});

it.each([
  ['refs/heads/main', 'main'],
  ['refs/tags/v1.0', 'v1.0'],
  ['refs/merge-requests/7/head', 'fix'],
  [undefined, 'fix'],
])('a job for %s reports to the ref %s', async (ref, shown) => {
  const simulated = simulateGitlab({ path: 'a/b', token, events: [], tags: {} });
  const [forge, { url }] = await forgeAt((request) => simulated.answer(request));
  await report(forge, `${url}/a/b.git`, 'running', ref);
  await report(forge, `${url}/a/b.git`, 'success', ref);
  expect(simulated.statusesOf('danube/build')).toMatchObject([{ ref: shown, status: 'success' }]);
});

it('the end reaches the status that was begun, though GitLab has a newer pipeline for the commit meanwhile', async () => {
  const simulated = simulateGitlab({ path: 'a/b', token, events: [], tags: {} });
  const [forge, { url }] = await forgeAt((request) => simulated.answer(request));
  await report(forge, `${url}/a/b.git`, 'pending');
  simulated.addPipeline(sha, 'refs/merge-requests/7/head');
  await report(forge, `${url}/a/b.git`, 'running');
  simulated.addPipeline(sha, 'main');
  await report(forge, `${url}/a/b.git`, 'failure');
  expect(simulated.statusesOf('danube/build').map(({ status }) => status)).toEqual(['failed', 'failed']);
});

it('an update that another one is in the way of is worth another attempt', async () => {
  const message = 'Another update to this commit status is in progress';
  const [forge, { url }] = await forgeAt(() => ({ status: 409, body: { message } }));
  await expect(report(forge, `${url}/a/b.git`, 'running')).rejects.toMatchObject({
    code: 'forge_unavailable',
    retryable: true,
    message: expect.stringContaining(message) as unknown,
  });
});

it('a state that cannot follow is an error, and stays one', async () => {
  const simulated = simulateGitlab({ path: 'a/b', token, events: [], tags: {} });
  const [forge, { url }] = await forgeAt((request) => simulated.answer(request));
  await report(forge, `${url}/a/b.git`, 'running');
  await expect(report(forge, `${url}/a/b.git`, 'pending')).rejects.toMatchObject({
    code: 'forge_refused',
    retryable: false,
    message: expect.stringContaining('Cannot transition status via :enqueue from :running') as unknown,
  });
});

it.each<[RemoteAnswer, object]>([
  [
    { status: 400, body: { message: 'name is too long' } },
    { code: 'forge_refused', retryable: false },
  ],
  [
    { status: 404, body: { message: '404 Commit Not Found' } },
    { code: 'forge_not_found', retryable: false },
  ],
  [
    { status: 404, body: { message: '404 References for commit Not Found' } },
    { code: 'forge_refused', category: 'invalid' },
  ],
  [
    { status: 403, body: { message: '403 Forbidden' } },
    { code: 'forge_forbidden', retryable: false },
  ],
  [
    { status: 429, headers: { 'retry-after': '17' } },
    { code: 'forge_rate_limited', retryAfterMs: 17_000 },
  ],
  [
    { status: 500, body: { message: '500 Internal Server Error' } },
    { code: 'forge_unavailable', retryable: true },
  ],
])('an answer such as %j is an error of its kind', async (answer, expected) => {
  const [forge, { url }] = await forgeAt(() => answer);
  await expect(report(forge, `${url}/a/b.git`, 'running')).rejects.toMatchObject(expected);
});

it('a repository of another server is refused before anything is sent', async () => {
  const [forge, remote] = await forgeAt(() => ({ body: {} }));
  await expect(report(forge, 'https://gitlab.example.org/a/b.git')).rejects.toMatchObject({
    code: 'repository_not_served',
  });
  expect(remote.requests()).toBe(0);
});
