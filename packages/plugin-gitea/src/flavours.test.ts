import { createHmac } from 'node:crypto';
import { SecretValue, type ContributionContext, type Forge, type WebhookDelivery } from '@danube/plugin-api';
import { expect, it } from 'vitest';
import push from './fixtures/push.json' with { type: 'json' };
import type { FlavourName } from './flavours.js';
import { gitea } from './forge.js';

const secret = new SecretValue('a secret of a webhook');
const body = JSON.stringify(push);
const digest = createHmac('sha256', secret.reveal()).update(body).digest('hex');
const wrong = digest.replace(/^./, (first) => (first === '0' ? '1' : '0'));

const fromGitea = { 'x-gitea-event': 'push', 'x-gitea-delivery': 'g-1', 'x-gitea-signature': digest };
const fromForgejo = {
  ...fromGitea,
  'x-forgejo-event': 'push',
  'x-forgejo-delivery': 'f-1',
  'x-forgejo-signature': digest,
  'x-hub-signature-256': `sha256=${digest}`,
};

const forge = (flavour: FlavourName): Forge =>
  gitea.create({ url: 'https://gitea.example.com', flavour }, {} as ContributionContext);
const delivery = (headers: Readonly<Record<string, string>>): WebhookDelivery => ({ headers, body: Buffer.from(body) });

it.each<[FlavourName, string, Readonly<Record<string, string>>, boolean, string | undefined]>([
  ['gitea', 'Gitea', fromGitea, true, 'g-1'],
  ['gitea', 'Forgejo, which sends those headers too', fromForgejo, true, 'g-1'],
  ['forgejo', 'Forgejo', fromForgejo, true, 'f-1'],
  ['forgejo', 'Gitea, which lacks its headers', fromGitea, false, undefined],
  [
    'forgejo',
    'somebody who has only the other header right',
    { ...fromForgejo, 'x-forgejo-signature': wrong },
    false,
    'f-1',
  ],
  [
    'gitea',
    'somebody who has only the other header right',
    { ...fromForgejo, 'x-gitea-signature': wrong },
    false,
    'g-1',
  ],
  ['gitea', 'a signature with a prefix', { ...fromGitea, 'x-gitea-signature': `sha256=${digest}` }, false, 'g-1'],
  ['gitea', 'a webhook without a secret', { ...fromGitea, 'x-gitea-signature': '' }, false, 'g-1'],
])('%s takes a delivery of %s', (flavour, _from, headers, verified, id) => {
  expect(forge(flavour).verifySignature(delivery(headers), secret)).toBe(verified);
  expect(forge(flavour).deliveryId(delivery(headers))).toBe(id);
});

it('the event is named by the header of the flavour', () => {
  const mixed = delivery({ ...fromForgejo, 'x-gitea-event': 'issues' });
  expect(forge('forgejo').parseEvent(mixed).kind).toBe('push');
  expect(forge('gitea').parseEvent(mixed).kind).toBe('ignored');
});

it('without that header, the message says what to look at', () => {
  expect(() => forge('forgejo').parseEvent(delivery(fromGitea))).toThrow(
    'the header x-forgejo-event is missing; check flavour, which is for Forgejo',
  );
});
