import { createHmac } from 'node:crypto';
import { defineConformance, startRemote, type ForgeSamples, type RecordedDelivery } from '@danube/plugin-api/testing';
import { flavours, type FlavourName } from './flavours.js';
import { recordedHistory } from './recorded-history.js';
import { recordedPullRequests } from './recorded-pull-requests.js';
import { recordedPushes, type RecordedEvent } from './recorded-pushes.js';
import { simulateGitea } from './simulated-gitea.js';

const webhookSecret = 'a-secret-of-a-webhook';
const accessToken = 'token-for-conformance';
const url = 'https://gitea.example.com';
const { repository, since, expected } = recordedHistory;

/** Forgejo sends all of its own headers and all of Gitea's. */
function sentBy(flavour: FlavourName, { event, ...recorded }: RecordedEvent, index: number): RecordedDelivery {
  const id = `delivery-${index}`;
  const signature = createHmac('sha256', webhookSecret).update(recorded.body).digest('hex');
  const names = flavour === 'forgejo' ? [flavours.forgejo, flavours.gitea] : [flavours.gitea];
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const { eventHeader, deliveryHeader, signatureHeader } of names) {
    Object.assign(headers, { [eventHeader]: event, [deliveryHeader]: id, [signatureHeader]: signature });
  }
  return { ...recorded, id, headers };
}

export function samplesOf(flavour: FlavourName): ForgeSamples {
  return {
    webhookSecret,
    signatureHeaders: [flavours[flavour].signatureHeader],
    deliveries: [...recordedPushes, ...recordedPullRequests].map((event, index) => sentBy(flavour, event, index)),
    foreignUrls: ['https://gitea.example.com.example.org/a/b.git', 'git@github.com:a/b.git', `${url}:8443/a/b`],
    async prepare() {
      const { activities } = recordedHistory;
      const gitea = simulateGitea({ fullName: 'jcitizen/my-repo', token: accessToken, activities });
      const remote = await startRemote((request) => gitea.answer(request));
      return {
        config: { url, flavour, api_url: `${remote.url}/api/v1`, token_secret: 'gitea-token' },
        secrets: { 'gitea-token': accessToken },
        remote,
        status: { commit: { repository, sha: '1'.repeat(40) }, shown: (context) => gitea.shown(context) },
        history: { repository, since, expected },
        close: () => remote.close(),
      };
    },
  };
}

/** What the plugin promises, for its own tests and for `danube plugins check`. */
export default defineConformance({
  packageFile: new URL('../package.json', import.meta.url),
  forges: { gitea: samplesOf('gitea') },
  gitAuthMethods: {
    gitea_token: {
      caches: false,
      prepare: () =>
        Promise.resolve({
          config: { url, token_secret: 'gitea-token' },
          secrets: { 'gitea-token': accessToken },
          repository,
          kind: 'https',
        }),
    },
  },
});
