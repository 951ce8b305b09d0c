import { createHmac } from 'node:crypto';
import { defineConformance, startRemote, type RecordedDelivery } from '@danube/plugin-api/testing';
import { recordedHistory } from './recorded-history.js';
import { recordedPullRequests } from './recorded-pull-requests.js';
import { recordedPushes } from './recorded-pushes.js';
import { simulateGitlab } from './simulated-gitlab.js';

const secretToken = 'a-secret-token-of-a-webhook';
const signingToken = `whsec_${Buffer.from('a signing token has 32 bytes....').toString('base64')}`;
const accessToken = 'glpat-conformance';
const { repository, since, expected } = recordedHistory;

const recorded = [...recordedPushes, ...recordedPullRequests];
const event = { 'content-type': 'application/json', 'x-gitlab-event': 'System Hook' };

function withToken(delivery: (typeof recorded)[number], index: number): RecordedDelivery {
  const id = `token-${index}`;
  return {
    ...delivery,
    id,
    signed: 'token',
    headers: { ...event, 'idempotency-key': id, 'x-gitlab-token': secretToken },
  };
}

function withSignature(delivery: (typeof recorded)[number], index: number): RecordedDelivery {
  const id = `signed-${index}`;
  const key = Buffer.from(signingToken.slice('whsec_'.length), 'base64');
  const digest = createHmac('sha256', key).update(`${id}.1776093284.`).update(delivery.body).digest('base64');
  const signature = {
    'webhook-id': id,
    'webhook-timestamp': '1776093284',
    'webhook-signature': `v1,${digest}`,
  };
  const name = `${delivery.name}, signed`;
  return { ...delivery, name, id, secret: signingToken, headers: { ...event, ...signature } };
}

/** What the plugin promises, for its own tests and for `danube plugins check`. */
export default defineConformance({
  packageFile: new URL('../package.json', import.meta.url),
  forges: {
    gitlab: {
      webhookSecret: secretToken,
      signatureHeaders: ['x-gitlab-token', 'webhook-signature'],
      deliveries: [...recorded.map(withToken), ...recordedPushes.map(withSignature)],
      foreignUrls: ['https://gitlab.com.example.org/a/b.git', 'git@github.com:a/b.git', 'https://gitlab.com:8443/a/b'],
      async prepare() {
        const project = { ...recordedHistory, path: 'gitlab-org/hello-world', token: accessToken };
        const gitlab = simulateGitlab(project);
        const remote = await startRemote((request) => gitlab.answer(request));
        return {
          config: { url: 'https://gitlab.com', api_url: `${remote.url}/api/v4`, token_secret: 'gitlab-token' },
          secrets: { 'gitlab-token': accessToken },
          remote,
          status: { commit: { repository, sha: '1'.repeat(40) }, shown: (context) => gitlab.shown(context) },
          history: { repository, since, expected },
          close: () => remote.close(),
        };
      },
    },
  },
  gitAuthMethods: {
    gitlab_token: {
      caches: false,
      prepare: () =>
        Promise.resolve({
          config: { url: 'https://gitlab.com', token_secret: 'gitlab-token' },
          secrets: { 'gitlab-token': accessToken },
          repository,
          kind: 'https',
        }),
    },
  },
});
