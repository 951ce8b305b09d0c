import { SecretValue, type CommitState, type ContributionContext, type Forge } from '@danube/plugin-api';
import { startRemote, type RemoteAnswer, type RemoteRequest, type RemoteServer } from '@danube/plugin-api/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { gitea } from './forge.js';
import { simulateGitea } from './simulated-gitea.js';

const sha = 'c'.repeat(40);
const token = 'token-of-a-test';
const signal = new AbortController().signal;
const context = { secret: () => Promise.resolve(new SecretValue(token)) } as unknown as ContributionContext;
const remotes: RemoteServer[] = [];

afterEach(async () => {
  await Promise.all(remotes.splice(0).map((remote) => remote.close()));
});

async function forgeAt(answer: (request: RemoteRequest) => RemoteAnswer, folder = ''): Promise<[Forge, RemoteServer]> {
  const remote = await startRemote(answer);
  remotes.push(remote);
  return [gitea.create({ url: `${remote.url}${folder}`, token_secret: 'gitea-token' }, context), remote];
}

function report(forge: Forge, url: string, state: CommitState = 'success'): Promise<void> | undefined {
  const status = { state, context: 'danube/build', description: 'done', targetUrl: undefined };
  return forge.statuses?.report({ repository: { url }, sha }, status, signal);
}

describe('statuses', () => {
  it.each([
    ['', 'octo/hello.git', '/api/v1/repos/octo/hello/statuses/'],
    ['/git', 'git/octo/a%20b', '/git/api/v1/repos/octo/a%20b/statuses/'],
  ])('go to the repository that the URL names, below "%s"', async (folder, path, expected) => {
    const seen: RemoteRequest[] = [];
    const [forge, { url }] = await forgeAt((request) => (seen.push(request), { status: 201, body: {} }), folder);
    await report(forge, `${url}/${path}`);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: `${expected}${sha}`,
      headers: { authorization: `token ${token}` },
      body: { state: 'success', context: 'danube/build', description: 'done' },
    });
  });

  it.each<[CommitState, string]>([
    ['pending', 'pending'],
    ['running', 'pending'],
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'error'],
  ])('%s is shown as %s', async (state, shown) => {
    const simulated = simulateGitea({ fullName: 'octo/hello', token, activities: [] });
    const [forge, { url }] = await forgeAt((request) => simulated.answer(request));
    await report(forge, `${url}/octo/hello`, state);
    expect(simulated.shown('danube/build')).toBe(shown);
  });

  it.each<[RemoteAnswer, object]>([
    [
      { status: 404, body: { message: 'not found' } },
      { code: 'forge_not_found', retryable: false },
    ],
    [
      { status: 422, body: { message: 'bad' } },
      { code: 'forge_refused', retryable: false },
    ],
    [
      { status: 429, headers: { 'retry-after': '17' } },
      { code: 'forge_rate_limited', retryAfterMs: 17_000 },
    ],
    [{ status: 502 }, { code: 'forge_unavailable', retryable: true }],
  ])('an answer such as %j is an error of its kind', async (answer, expected) => {
    const [forge, { url }] = await forgeAt(() => answer);
    await expect(report(forge, `${url}/octo/hello`)).rejects.toMatchObject(expected);
  });

  it.each(['octo', 'octo/..'])('%s is no repository, and nothing is sent', async (path) => {
    const [forge, remote] = await forgeAt(() => ({ body: {} }));
    await expect(report(forge, `git@127.0.0.1:${path}`)).rejects.toMatchObject({ category: 'invalid' });
    expect(remote.requests()).toBe(0);
  });
});

describe('missed pushes', () => {
  const activity = (content: unknown) => ({
    created: '2026-03-03T00:00:00Z',
    op_type: 'commit_repo',
    ref_name: 'refs/heads/main',
    content,
  });

  async function pushesOf(body: unknown): Promise<readonly unknown[] | undefined> {
    const [forge, { url }] = await forgeAt(({ query }) => ({ body: query.get('page') === '1' ? body : [] }));
    return forge.history?.recentPushes({ url: `${url}/octo/hello` }, 0, signal);
  }

  it.each([
    ['no list', {}, 'the document is not a list'],
    ['content that is no JSON', [activity('{')], 'it is not JSON'],
    ['content without the commit', [activity('{"HeadCommit":{}}')], 'HeadCommit.Sha1 is missing'],
  ])('an answer with %s may be better later', async (_name, body, problem) => {
    await expect(pushesOf(body)).rejects.toMatchObject({
      code: 'forge_answer_invalid',
      retryable: true,
      message: expect.stringContaining(problem) as unknown,
    });
  });

  it('a feed without end is not asked for ever', async () => {
    const [forge, remote] = await forgeAt(() => ({ body: [activity('')] }));
    await forge.history?.recentPushes({ url: `${remote.url}/octo/hello` }, 0, signal);
    expect(remote.requests()).toBe(50);
  });
});
