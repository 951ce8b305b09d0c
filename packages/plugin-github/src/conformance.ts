import { createHmac, generateKeyPairSync } from 'node:crypto';
import {
  defineConformance,
  startRemote,
  type ForgeSamples,
  type RecordedDelivery,
  type Setting,
} from '@danube/plugin-api/testing';
import type { RecordedEvent } from './recorded-event.js';
import { recordedHistory } from './recorded-history.js';
import { recordedOthers } from './recorded-others.js';
import { recordedPullRequests } from './recorded-pull-requests.js';
import { recordedPushes } from './recorded-pushes.js';
import { simulateGithub, type SimulatedGithub } from './simulated-github.js';
import { signatureHeader } from './verify-signature.js';

const webhookSecret = 'a-secret-of-a-webhook';
const accessToken = 'token-for-conformance';
const { repository, since, expected } = recordedHistory;

let madeKey: string | undefined;

/** Made once, when it is first needed. */
function privateKey(): string {
  madeKey ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey;
  return madeKey;
}

function recorded(
  { event, contentType = 'application/json', ...rest }: RecordedEvent,
  index: number,
): RecordedDelivery {
  const id = `72d3162e-cc78-11e3-81ab-4c9367dc09${String(index).padStart(2, '0')}`;
  const headers = {
    'content-type': contentType,
    'x-github-event': event,
    'x-github-delivery': id,
    [signatureHeader]: `sha256=${createHmac('sha256', webhookSecret).update(rest.body).digest('hex')}`,
  };
  return { ...rest, id, headers };
}

/** GitHub on this machine, and an entry that uses it. */
async function prepare(
  entry: Readonly<Record<string, unknown>>,
): Promise<Required<Setting> & { readonly github: SimulatedGithub }> {
  const app = { appId: '123456', installation: 78910, privateKey: privateKey(), token: accessToken };
  const { events, commits } = recordedHistory;
  const github = simulateGithub({ ...app, fullName: 'Codertocat/Hello-World', events, commits });
  const remote = await startRemote((request) => github.answer(request));
  return {
    config: { api_url: remote.url, ...entry },
    secrets: { 'app-key': privateKey(), 'access-token': accessToken },
    remote,
    github,
    close: () => remote.close(),
  };
}

const appEntry = { app_id: '123456', private_key_secret: 'app-key' };

export function forgeSamples(entry: Readonly<Record<string, unknown>>): ForgeSamples {
  return {
    webhookSecret,
    signatureHeaders: [signatureHeader],
    deliveries: [...recordedPushes, ...recordedPullRequests, ...recordedOthers].map(recorded),
    foreignUrls: [
      'https://github.com.example.org/a/b.git',
      'https://gitlab.com/a/b.git',
      'git@example.org:a/b.git',
      'https://github.com:8443/a/b',
    ],
    async prepare() {
      const setting = await prepare(entry);
      return {
        ...setting,
        status: { commit: { repository, sha: '1'.repeat(40) }, shown: (context) => setting.github.shown(context) },
        history: { repository, since, expected },
      };
    },
  };
}

/** What the plugin promises, for its own tests and for `danube plugins check`. */
export default defineConformance({
  packageFile: new URL('../package.json', import.meta.url),
  forges: { github: forgeSamples(appEntry) },
  gitAuthMethods: {
    github_app: {
      caches: true,
      prepare: async () => ({
        ...(await prepare({ ...appEntry, installation_id: 78910 })),
        repository,
        kind: 'https',
      }),
    },
    github_token: {
      caches: false,
      prepare: () =>
        Promise.resolve({
          config: { token_secret: 'access-token' },
          secrets: { 'access-token': accessToken },
          repository,
          kind: 'https',
        }),
    },
  },
});
