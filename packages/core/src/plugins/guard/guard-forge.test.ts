import { notifierCode } from '@danube/test-support/plugin-fixtures.js';
import { entry, integrations, PluginHostFixture } from '@danube/test-support/plugin-host-fixture.js';
import { SecretValue } from '@danube/plugin-api';
import { expect, test } from 'vitest';

test('what a plugin does to a delivery that it is asked the id of changes nothing of what is then stored and verified', async () => {
  const fixture = new PluginHostFixture();
  const members = `credentialHeaders: [], servesRepository() {}, identifyRepository() {}, parseEvent() {},
    deliveryId(delivery) { delivery.headers['x-event'] = 'spoilt'; delivery.body.fill(9); },
    verifySignature({ headers, body }) { return headers['x-event'] === 'push' && body[0] === 1; },`;
  const code = notifierCode('hub', { members }).replace('notifiers:', 'forges:');
  fixture.folder.write({ name: 'hub', contributes: { forges: ['hub'] }, code });
  await fixture.apply(integrations(['hub'], { forges: [{ ...entry('hub'), webhookSecret: undefined }] }));
  const forge = fixture.active.current.forges[0]?.forge;
  const delivery = { headers: { 'x-event': 'push' }, body: new Uint8Array([1, 2]) };
  forge?.deliveryId(delivery);
  expect(delivery).toEqual({ headers: { 'x-event': 'push' }, body: new Uint8Array([1, 2]) });
  expect(forge?.verifySignature(delivery, new SecretValue('s'))).toBe(true);
  await fixture.dispose();
});
