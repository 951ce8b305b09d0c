import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConformance } from '@danube/plugin-api/testing';

// Put webhooks that your forge really sent into src/fixtures, and say here what each of them means. The conformance kit
// checks everything that Danube relies on with them: in your tests, and on servers by `danube plugins check`.

const webhookSecret = 'a secret for the samples';
const commit = '9c1b7d9a6f0e4a5d8b2c3e4f5a6b7c8d9e0f1a2b';
const before = '1f2e3d4c5b6a79880716253443526170f0e1d2c3';
const repository = {
  fullName: 'ada/hello',
  cloneUrls: ['https://git.example.org/ada/hello.git', 'git@git.example.org:ada/hello.git'],
};

/** @type {import('@danube/plugin-api').PushEvent} */
const push = {
  kind: 'push',
  repository,
  ref: 'refs/heads/main',
  commit,
  before,
  message: 'Say hello',
  actor: 'ada',
};

/** @type {import('@danube/plugin-api').PullRequestEvent} */
const fromFork = {
  kind: 'pull_request',
  repository,
  action: 'opened',
  number: 7,
  title: 'Say goodbye too',
  sourceBranch: 'goodbye',
  targetBranch: 'main',
  ref: 'refs/pull/7/head',
  commit,
  baseCommit: before,
  fromFork: true,
  actor: 'grace',
};

/** @type {import('@danube/plugin-api').PullRequestEvent} */
const fromWithin = {
  ...fromFork,
  action: 'updated',
  number: 8,
  ref: 'refs/pull/8/head',
  fromFork: false,
  actor: 'ada',
};

/**
 * A delivery as the forge sends it, signed with the secret above.
 * @param {string} name
 * @param {string} event
 * @param {import('@danube/plugin-api/testing').RecordedDelivery['expected']} expected
 * @returns {import('@danube/plugin-api/testing').RecordedDelivery}
 */
function recorded(name, event, expected) {
  const body = readFileSync(new URL(`fixtures/${name}.json`, import.meta.url));
  const id = `delivery-of-${name}`;
  const signature = createHmac('sha256', webhookSecret).update(body).digest('hex');
  return {
    name,
    id,
    body,
    expected,
    headers: {
      'content-type': 'application/json',
      'x-__id__-event': event,
      'x-__id__-delivery': id,
      'x-__id__-signature': signature,
    },
  };
}

export default defineConformance({
  packageFile: new URL('../package.json', import.meta.url),
  forges: {
    ['__id__']: {
      prepare: async () => ({ config: { url: 'https://git.example.org' } }),
      webhookSecret,
      signatureHeaders: ['x-__id__-signature'],
      foreignUrls: ['https://elsewhere.example.org/ada/hello.git', 'git@git.example.org.evil.example:ada/hello.git'],
      deliveries: [
        recorded('push', 'push', push),
        recorded('tag', 'push', { ...push, ref: 'refs/tags/v1.0.0', before: undefined }),
        recorded('branch-deleted', 'push', { kind: 'ignored', reason: /deleted/ }),
        recorded('pull-request', 'pull_request', fromWithin),
        recorded('pull-request-from-fork', 'pull_request', fromFork),
        recorded('ping', 'ping', { kind: 'ignored', reason: /starts no jobs/ }),
      ],
    },
  },
});
