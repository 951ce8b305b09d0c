import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeliveryFixture } from '@danube/test-support/delivery-fixture.js';
import { signedHeaders, testEvent } from '@danube/test-support/test-forge.js';
import { Tokens } from '../tokens.js';
import type { ReplayDelivery } from './replay-delivery.js';

let fixture: DeliveryFixture;
let replay: ReplayDelivery;
beforeEach(async () => {
  fixture = await DeliveryFixture.start();
  replay = fixture.container.resolve(Tokens.ReplayDelivery);
});
afterEach(() => fixture.stop());

const body = testEvent();

test('a replay is a delivery of its own, worked on with the configuration of today', async () => {
  const headers = { ...signedHeaders(body, 'hook-secret', 'guid'), 'x-test-token': 'tok-12345' };
  const original = await fixture.receive(body, headers);
  await fixture.work();
  expect((await fixture.delivery(original)).outcome?.matched).toBe(false);

  await fixture.addPipeline('web');
  const id = await replay.execute(original);
  await fixture.work();
  expect(await fixture.delivery(id)).toMatchObject({
    source: 'replay',
    replayOf: original,
    forgeDeliveryId: undefined,
    outcome: { event: 'push', verified: true },
  });
  const payload = await fixture.database.deliveries.findPayload(id);
  expect(fixture.container.resolve(Tokens.DeliveryHeaders).open(id, payload!)).toEqual(headers);
  expect(JSON.stringify(payload)).not.toContain('tok-12345');
  expect(await fixture.jobs()).toEqual(['web 1']);
  expect(await fixture.verdicts(original)).toEqual([]);
  expect(fixture.metrics.get('danube_webhook_requests_total', { forge: 'test', matched: 'true' })).toBe(0);
});

test('a replay is verified again', async () => {
  await fixture.addPipeline('web');
  const original = await fixture.receive(body);
  await fixture.work();
  fixture.secrets.set('hook', 'another');
  const id = await replay.execute(original);
  await fixture.work();
  expect(await fixture.verdicts(id)).toEqual(['web rejected: signature did not verify for pipeline web']);
});

test('a replay may be of any age', async () => {
  await fixture.addPipeline('web');
  const sentAt = fixture.clock.now() - 86_400_000;
  fixture.forges = [fixture.forge('test', { webhookSecret: 'hook' }, { sentAt: () => sentAt })];
  const original = await fixture.receive(body);
  await fixture.work();
  expect(await fixture.jobs()).toEqual([]);
  await replay.execute(original);
  await fixture.work();
  expect(await fixture.jobs()).toEqual(['web 1']);
});

test('what is not there, or still waits, cannot be replayed', async () => {
  await expect(replay.execute('none')).rejects.toMatchObject({ code: 'delivery_not_found' });
  await expect(replay.execute(await fixture.receive(body))).rejects.toMatchObject({ code: 'delivery_not_replayable' });
});
