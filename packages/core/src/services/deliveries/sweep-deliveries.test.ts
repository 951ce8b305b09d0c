import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeliveryFixture } from '@danube/test-support/delivery-fixture.js';
import { testEvent } from '@danube/test-support/test-forge.js';
import { Tokens } from '../tokens.js';

const day = 86_400_000;

let fixture: DeliveryFixture;
beforeEach(async () => {
  fixture = await DeliveryFixture.start();
  await fixture.addPipeline('web');
});
afterEach(() => fixture.stop());

const ids = async () => (await fixture.database.deliveries.list({}, { limit: 100 })).items.map(({ id }) => id);

test('old deliveries go, unverified ones after fewer days, and a dry run says so before', async () => {
  const unverified = await fixture.receive(testEvent(), {});
  const verified = await fixture.receive(testEvent({ n: 1 }));
  await fixture.work();
  const newest = await fixture.receive(testEvent({ n: 2 }));
  const sweep = fixture.container.resolve(Tokens.SweepDeliveries);
  const reap = (dryRun: boolean) =>
    sweep.reap({ dryRun, lowDisk: false, now: fixture.clock.now(), signal: new AbortController().signal });
  const receivedAt = fixture.clock.now();
  await fixture.work();
  fixture.clock.advance(6 * day);
  expect(await reap(false)).toEqual({ count: 0, bytes: 0, oldest: undefined });
  expect(await ids()).toEqual([newest, verified, unverified]);
  fixture.clock.advance(2 * day);
  const amount = { count: 1, bytes: testEvent().length, oldest: receivedAt };
  expect(await reap(true)).toEqual(amount);
  expect(await ids()).toHaveLength(3);
  expect(await reap(false)).toEqual(amount);
  expect(await ids()).toEqual([newest, verified]);
  fixture.clock.advance(23 * day);
  await reap(false);
  expect(await ids()).toEqual([newest]);
});

test('what nobody signed cannot fill the disk before the next day', async () => {
  const body = Buffer.concat([testEvent(), Buffer.alloc(20 * 1024 * 1024, ' ')]);
  for (let n = 0; n < 16; n += 1) {
    await fixture.receive(body, {});
    await fixture.work();
  }
  await fixture.settled(() =>
    Promise.resolve(
      fixture.loggers
        .messages('warn')
        .includes('removed the oldest unverified deliveries, because they took too much room'),
    ),
  );
  const left = await ids();
  expect(left.length * body.length).toBeLessThan(300 * 1024 * 1024);
  expect(left.length).toBeGreaterThan(10);
});
