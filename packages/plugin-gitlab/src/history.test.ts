import { SecretValue, type ContributionContext, type PushEvent } from '@danube/plugin-api';
import { startRemote, type RemoteAnswer, type RemoteRequest, type RemoteServer } from '@danube/plugin-api/testing';
import { afterEach, expect, it } from 'vitest';
import { gitlab } from './forge.js';

const context = { secret: () => Promise.resolve(new SecretValue('glpat-of-a-test')) } as unknown as ContributionContext;
const since = Date.parse('2026-03-02T00:30:00Z');
const remotes: RemoteServer[] = [];

afterEach(async () => {
  await Promise.all(remotes.splice(0).map((remote) => remote.close()));
});

async function pushesOf(answer: (request: RemoteRequest) => RemoteAnswer): Promise<readonly PushEvent[] | undefined> {
  const remote = await startRemote(answer);
  remotes.push(remote);
  const forge = gitlab.create({ url: remote.url, token_secret: 'gitlab-token' }, context);
  return forge.history?.recentPushes({ url: `${remote.url}/a/b.git` }, since, new AbortController().signal);
}

it('GitLab is asked from before the day, oldest first, page by page, whatever its time zone', async () => {
  const asked: string[] = [];
  await pushesOf(({ query }) => {
    asked.push(query.toString());
    return { headers: { 'x-next-page': asked.length === 1 ? '2' : '' }, body: [] };
  });
  const common = 'action=pushed&after=2026-02-28&sort=asc&per_page=100';
  expect(asked).toEqual([`${common}&page=1`, `${common}&page=2`]);
});

it('a server that always has one page more is not asked for ever', async () => {
  let asked = 0;
  await pushesOf(() => ({ headers: { 'x-next-page': String(++asked + 1) }, body: [] }));
  expect(asked).toBe(50);
});

it.each([
  ['no list', {}, 'the document is not a list'],
  ['an event without time', [{}], '[0].created_at is missing'],
  ['an event without push', [{ created_at: '2026-03-03T00:00:00Z' }], '[0].push_data is missing'],
])('an answer with %s may be better later', async (_name, body, problem) => {
  await expect(pushesOf(() => ({ body }))).rejects.toMatchObject({
    code: 'forge_answer_invalid',
    retryable: true,
    message: expect.stringContaining(problem) as unknown,
  });
});
