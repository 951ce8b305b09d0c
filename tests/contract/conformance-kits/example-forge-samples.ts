import type { ForgeEvent, PushEvent } from '@danube/plugin-api';
import { startRemote, type ForgeSamples, type RecordedDelivery } from '@danube/plugin-api/testing';
import { createHmac } from 'node:crypto';

export const webhookSecret = 'the-secret-of-the-webhook';
export const apiToken = 'the-token-of-the-api';

const repository = { fullName: 'octo/hello', cloneUrls: ['https://example.com/octo/hello.git'] };
const json = { name: 'octo/hello', url: 'https://example.com/octo/hello.git' };
const [before, after] = ['b'.repeat(40), 'a'.repeat(40)];

function push(ref: string): readonly [object, PushEvent] {
  const event = { kind: 'push', repository, ref, commit: after, before, message: 'a change', actor: 'octo' } as const;
  return [{ deleted: false, repository: json, ref, after, before, message: 'a change', actor: 'octo' }, event];
}

function pull(fromFork: boolean): readonly [object, ForgeEvent] {
  const common = { number: 7, title: 'a change', actor: 'octo' };
  const head_repository = fromFork ? 'mallory/hello' : 'octo/hello';
  const body = {
    ...common,
    repository: json,
    source: 'fix',
    target: 'main',
    head: after,
    base: before,
    head_repository,
  };
  const branches = {
    sourceBranch: 'fix',
    targetBranch: 'main',
    ref: 'refs/pull/7/head',
    commit: after,
    baseCommit: before,
  };
  return [body, { kind: 'pull_request', repository, action: 'opened', ...common, ...branches, fromFork }];
}

function delivery(
  name: string,
  event: string,
  [document, expected]: readonly [object, RecordedDelivery['expected']],
  signed: 'body' | 'token' | 'not' = 'body',
): RecordedDelivery {
  const body = JSON.stringify(document, undefined, 1);
  const signature = `sha256=${createHmac('sha256', webhookSecret).update(body).digest('hex')}`;
  const proof = {
    body: { 'x-example-signature': signature },
    token: { 'x-example-token': webhookSecret },
    not: {},
  }[signed];
  const headers = { 'x-example-event': event, 'x-example-delivery': `id-${name}`, ...proof };
  return { name, headers, body, signed, id: `id-${name}`, expected };
}

const ignored = (reason: RegExp) => ({ kind: 'ignored', reason }) as const;

/** Recorded deliveries, and a server that the example forge reports to. */
export const exampleForgeSamples: ForgeSamples = {
  webhookSecret,
  signatureHeaders: ['x-example-signature', 'x-example-token'],
  foreignUrls: ['https://example.org/octo/hello.git'],
  deliveries: [
    delivery('push', 'push', push('refs/heads/main')),
    delivery('tag', 'push', push('refs/tags/v1')),
    delivery('token', 'push', push('refs/heads/main'), 'token'),
    delivery('unsigned', 'push', push('refs/heads/main'), 'not'),
    delivery('deleted', 'push', [{ ...push('refs/heads/x')[0], deleted: true }, ignored(/deleted/)]),
    delivery('ping', 'ping', [{ zen: 'keep it simple' }, ignored(/neither/)]),
    delivery('own', 'pull', pull(false)),
    delivery('fork', 'pull', pull(true)),
  ],
  prepare: async () => {
    const shown = new Map<string, string>();
    const remote = await startRemote(({ method, query, body }) => {
      if (method === 'POST') {
        const { name, word } = body as { name: string; word: string };
        shown.set(name, word);
      }
      const pushes = ['refs/heads/old', 'refs/heads/new'].map((ref) => push(ref)[0]);
      return { body: { pushes: Number(query.get('since')) > Date.now() ? [] : pushes } };
    });
    return {
      config: { url: 'https://example.com', api_url: remote.url, token: 'api-token' },
      secrets: { 'api-token': apiToken },
      remote,
      status: { commit: { repository: { url: json.url }, sha: after }, shown: (context) => shown.get(context) },
      history: {
        repository: { url: json.url },
        since: 0,
        expected: ['refs/heads/old', 'refs/heads/new'].map((ref) => push(ref)[1]),
      },
      close: () => remote.close(),
    };
  },
};
