import {
  secretName,
  type Contribution,
  type ContributionContext,
  type Notification,
  type Notifier,
} from '@danube/plugin-api';
import { startRemote, testNotifier, type NotifierSamples } from '@danube/plugin-api/testing';
import { ForgeApi } from '@danube/plugin-api/toolkit';
import { expect, test } from 'vitest';
import { collectFailures } from './collect-failures.js';
import { commonChecks } from './common-mutations.js';
import { remoteMutations, tellingSecrets, type Call } from './remote-mutations.js';

const token = 'the-token-of-the-chat';
type Send = (text: string, signal: AbortSignal) => Promise<void>;
type Notify = Notifier['notify'];
type Change = (notify: Notify, send: Send, context: ContributionContext) => Notify;

function textOf({ event, job }: Notification): string {
  const reason = job.reason === undefined ? '' : `: ${job.reason}`;
  return `${event} ${job.pipeline} #${job.number}${reason}`;
}

const exampleNotifier = (change: Change): Contribution<never, Notifier> => ({
  type: 'example',
  configSchema: {
    type: 'object',
    additionalProperties: false,
    properties: { url: { type: 'string' }, token: secretName('A token.') },
  },
  create: ({ url, token: name }: { url: string; token: string }, context) => {
    const headers = async (signal: AbortSignal) => ({ 'x-token': (await context.secret(name, signal)).reveal() });
    const api = new ForgeApi({ forge: 'Chat', baseUrl: url, headers });
    const send: Send = async (text, signal) =>
      void (await api.call({ method: 'POST', path: '/', body: { text } }, signal));
    return { notify: change((notification, signal) => send(textOf(notification), signal), send, context) };
  },
});

const samples: NotifierSamples = {
  prepare: async () => {
    const texts: string[] = [];
    const remote = await startRemote(({ body }) => {
      texts.push((body as { text: string }).text);
      return {};
    });
    const config = { url: remote.url, token: 'a-token' };
    return { config, secrets: { 'a-token': token }, remote, received: () => texts, close: () => remote.close() };
  },
};

const calling =
  (mutate: (call: Call) => Call): Change =>
  (notify) =>
  (notification, signal) =>
    mutate((given) => notify(notification, given))(signal) as Promise<void>;
const each = 'each event arrives as one message that names the pipeline and the job';
const odd = 'what is unknown, odd or long is no problem';
const silent = 'no message and no log line holds a secret';

const mutations: readonly (readonly [string, Change])[] = [
  [each, (notify) => (notification, signal) => notify({ ...notification, event: 'job_failed' }, signal)],
  [
    each,
    (notify) => async (notification, signal) => {
      if (notification.event !== 'job_cancelled') await notify(notification, signal);
    },
  ],
  [
    'several at once all arrive',
    (notify) => {
      let busy = false;
      return async (notification, signal) => {
        if (busy) return;
        busy = true;
        await notify(notification, signal).finally(() => (busy = false));
      };
    },
  ],
  [
    'the same notification may come again',
    (notify) => {
      const seen = new Set<string>();
      return async (notification, signal) => {
        if (seen.has(notification.id)) throw new Error('it was sent before');
        seen.add(notification.id);
        await notify(notification, signal);
      };
    },
  ],
  [odd, (_notify, send) => (notification, signal) => send(`${textOf(notification)} ${notification.job.url}`, signal)],
  [
    odd,
    (notify) => async (notification, signal) => {
      if (notification.job.branch.includes('\n')) throw new Error('it is odd');
      await notify(notification, signal);
    },
  ],
  [
    'what fails is attempted once',
    (notify) => async (notification, signal) =>
      notify(notification, signal).catch((error: unknown) => {
        if (signal.aborted) throw error;
        return notify(notification, signal);
      }),
  ],
  [silent, (_notify, send) => (notification, signal) => send(`${textOf(notification)} ${token}`, signal)],
  [
    silent,
    (notify, _send, { logger }) =>
      async (notification, signal) => {
        await notify(notification, signal);
        logger.debug('sent', { token });
      },
  ],
  ...Object.entries(remoteMutations).map(([check, mutate]) => [`notify ${check}`, calling(mutate)] as const),
  ['notify fails for good when it is refused', calling((call) => tellingSecrets(call, token))],
];

const failuresOf = (change: Change) =>
  collectFailures((register) => testNotifier(register, exampleNotifier(change), samples));

test('a notifier that keeps every promise passes every check, and for each check there is one that fails it', async () => {
  const { names, failed } = await failuresOf((notify) => notify);
  expect(failed).toEqual({});
  const tried = new Set([...mutations.map(([name]) => name), ...commonChecks]);
  expect(names.filter((name) => !tried.has(name))).toEqual([]);
});

test.each(mutations)('%s', async (name, change) => {
  const { failed } = await failuresOf(change);
  expect(Object.keys(failed), JSON.stringify(failed)).toEqual([name]);
});
