import type { PushEvent } from '@danube/plugin-api';
import { startRemote, type RemoteRequest, type RemoteServer } from '@danube/plugin-api/testing';
import { afterEach, expect, test } from 'vitest';
import { GithubApi } from '../api.js';
import { appKey, testContext } from '../app/app.fixture.js';
import { simulateGithub } from '../simulated-github.js';
import { githubHistory } from './history.js';

const requests: RemoteRequest[] = [];
let remote: RemoteServer;

afterEach(() => remote.close());

type Change = readonly [type: string, payload: Readonly<Record<string, unknown>>];

const sha = (digit: number) => String(digit).repeat(40);
const zeros = '0'.repeat(40);
const push = (ref: string, head: string, before: string): Change => ['PushEvent', { ref, head, before }];
const create = (ref: string, ref_type = 'branch'): Change => ['CreateEvent', { ref, ref_type }];
const remove = (ref: string, ref_type = 'branch'): Change => ['DeleteEvent', { ref, ref_type }];
const x = 'refs/heads/x';

/** Pushes of a repository with these changes, the oldest first and a second apart. */
async function pushesOf(
  changes: readonly Change[],
  commits: Record<string, unknown>,
  since = 0,
): Promise<readonly PushEvent[]> {
  const events = changes.map(([type, payload], index) => ({
    type,
    payload,
    created_at: new Date(index * 1000).toISOString(),
    actor: { login: 'ada' },
  }));
  const app = {
    appId: '1',
    installation: 2,
    privateKey: appKey(2048, 'pkcs1'),
    fullName: 'octo/hello',
    token: 'ghp_x',
  };
  const simulated = simulateGithub({ ...app, events: events.reverse(), commits });
  requests.length = 0;
  remote = await startRemote((request) => {
    requests.push(request);
    return simulated.answer(request);
  });
  const { context } = testContext({ token: 'ghp_x' });
  const access = { token: () => context.secret('token', new AbortController().signal), renew: () => false };
  const history = githubHistory('https://github.com', new GithubApi(remote.url, access));
  return history.recentPushes({ url: 'https://github.com/octo/hello' }, since, new AbortController().signal);
}

test.each<[string, readonly Change[], readonly (readonly [string, string, string | undefined])[]]>([
  ['a push', [push(x, sha(2), sha(1))], [[x, sha(2), sha(1)]]],
  ['a new branch', [create('x')], [[x, sha(9), undefined]]],
  [
    'a new branch with a push after',
    [create('x'), push(x, sha(2), sha(1))],
    [
      [x, sha(1), undefined],
      [x, sha(2), sha(1)],
    ],
  ],
  ['a new branch that is told twice', [create('x'), push(x, sha(9), zeros)], [[x, sha(9), undefined]]],
  [
    'a new branch that is told twice, the other way round',
    [push(x, sha(9), zeros), create('x')],
    [[x, sha(9), undefined]],
  ],
  ['a branch that was deleted', [create('x'), remove('x')], []],
  ['a branch that was deleted and pushed again', [create('x'), remove('x'), create('x')], [[x, sha(9), undefined]]],
  ['a branch whose deletion is not told yet', [create('y')], []],
  ['a tag', [create('v1', 'tag')], [['refs/tags/v1', sha(8), undefined]]],
  [
    'a tag that was moved',
    [create('v1', 'tag'), push('refs/tags/v1', sha(7), sha(6))],
    [['refs/tags/v1', sha(8), sha(6)]],
  ],
  ['a new repository', [['CreateEvent', { ref: null, ref_type: 'repository' }]], []],
])('%s', async (_name, changes, expected) => {
  const commits = { 'heads/x': { sha: sha(9) }, 'tags/v1': { sha: sha(8) } };
  const pushes = await pushesOf(changes, commits);
  expect(pushes.map(({ ref, commit, before }) => [ref, commit, before])).toEqual(expected);
});

test('pages are read until they are older than asked for', async () => {
  const changes = Array.from({ length: 9 }, (_, index) => push(x, sha(index + 1), sha(index || 9)));
  expect((await pushesOf(changes, {}, 5000)).map(({ commit }) => commit[0])).toEqual(['6', '7', '8', '9']);
  expect(requests.map(({ query }) => query.get('page'))).toEqual(['1', '2']);
});

test('no more than the three pages that GitHub has are read', async () => {
  const changes = Array.from({ length: 30 }, (_, index) => push(x, sha((index % 9) + 1), zeros));
  expect(await pushesOf(changes, {})).toHaveLength(9);
  expect(requests).toHaveLength(3);
});

test('no more than fifty new refs are looked up', async () => {
  const { listed, commits } = manyTags(60);
  remote = await startRemote(({ path }) => {
    if (path.endsWith('/events')) return { body: listed };
    return { body: commits };
  });
  const access = {
    token: () => testContext({ token: 'ghp_x' }).context.secret('token', new AbortController().signal),
    renew: () => false,
  };
  const history = githubHistory('https://github.com', new GithubApi(remote.url, access));
  const pushes = await history.recentPushes({ url: 'https://github.com/octo/hello' }, 0, new AbortController().signal);
  expect(pushes).toHaveLength(50);
  expect(pushes.at(-1)?.ref).toBe('refs/tags/v60');
});

function manyTags(count: number) {
  const listed = Array.from({ length: count }, (_, index) => ({
    type: 'CreateEvent',
    payload: { ref: `v${count - index}`, ref_type: 'tag' },
    created_at: '2026-03-02T12:00:00Z',
  }));
  return { listed, commits: { sha: sha(1) } };
}
