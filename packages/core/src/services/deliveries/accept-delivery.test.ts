import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeliveryFixture } from '@danube/test-support/delivery-fixture.js';
import { signedHeaders, testEvent } from '@danube/test-support/test-forge.js';
import { Tokens } from '../tokens.js';
import { backlogLimitBytes } from './delivery-backlog.js';

let fixture: DeliveryFixture;
beforeEach(async () => {
  fixture = await DeliveryFixture.start();
});
afterEach(() => fixture.stop());

const body = testEvent();

test('a delivery is stored whole; what a header keeps secret is sealed, what belongs to the connection is left out', async () => {
  const id = await fixture.receive(body, {
    ...signedHeaders(body, 'x', 'guid-1'),
    'x-test-token': 'tok-12345',
    cookie: 'a=b',
    authorization: 'Bearer x',
    connection: 'close',
  });
  const payload = await fixture.database.deliveries.findPayload(id);
  expect(Object.keys(payload?.headers ?? {})).toEqual(['content-type', 'x-test-signature', 'x-test-delivery']);
  expect(Object.keys(payload?.sealedHeaders ?? {})).toEqual(['x-test-token']);
  expect(JSON.stringify(payload)).not.toContain('tok-12345');
  expect(payload?.body).toEqual(body);
  const opened = fixture.container.resolve(Tokens.DeliveryHeaders).open(id, payload!);
  expect(opened['x-test-token']).toBe('tok-12345');
  expect(() => fixture.container.resolve(Tokens.DeliveryHeaders).open('another', payload!)).toThrow('does not open');
  expect(await fixture.delivery(id)).toMatchObject({
    forge: 'test',
    forgeDeliveryId: 'guid-1',
    source: 'webhook',
    status: 'received',
    receivedAt: fixture.clock.now(),
  });
});

test('hundreds that come at once are stored in few commits, each once and in order', async () => {
  const accept = fixture.container.resolve(Tokens.AcceptDelivery);
  const send = (n: number) => {
    const one = testEvent({ n: n % 400 });
    return accept.execute('test', { headers: signedHeaders(one, 'x', `guid-${n % 400}`), body: one });
  };
  const before = fixture.metrics.get('danube_db_transactions_total', { status: 'committed' });
  const answers = await Promise.all(Array.from({ length: 500 }, (_, n) => send(n)));
  expect(answers.filter(({ duplicate }) => duplicate).map(({ id }) => id)).toEqual(
    answers.slice(0, 100).map(({ id }) => id),
  );
  expect(fixture.metrics.get('danube_db_transactions_total', { status: 'committed' }) - before).toBeLessThan(10);
  const { items } = await fixture.database.deliveries.listReceived(0, 1_000);
  expect(items.map(({ id }) => id)).toEqual(answers.slice(0, 400).map(({ id }) => id));
});

test('a forge that is not enabled is refused with those that are, and nothing is stored', async () => {
  await expect(fixture.receive(body, {}, 'github')).rejects.toMatchObject({
    code: 'forge_not_enabled',
    message: expect.stringContaining('no forge "github" is enabled; enabled: "test"') as string,
  });
  fixture.forges = [];
  await expect(fixture.receive(body)).rejects.toThrow('enabled: none is');
  expect((await fixture.database.deliveries.list({}, { limit: 1 })).items).toEqual([]);
});

test.each([
  [
    'cannot tell',
    () => {
      throw new Error('mistake');
    },
  ],
  ['sends none', () => undefined],
  ['sends an empty one', () => ''],
  ['sends an endless one', () => 'x'.repeat(5_000)],
  ['sends one that a terminal would obey', () => 'guid\u009b2J'],
])('where the forge %s the id, the delivery is stored all the same', async (_name, deliveryId) => {
  fixture.forges = [fixture.forge('test', {}, { deliveryId })];
  const [first, second] = [await fixture.receive(body), await fixture.receive(body)];
  expect(second).not.toBe(first);
  expect((await fixture.delivery(first)).forgeDeliveryId).toBeUndefined();
});

test('more than may wait is refused, to be sent again; what was worked on makes room', async () => {
  await fixture.addPipeline('web');
  await fixture.receive(body);
  const backlog = fixture.container.resolve(Tokens.DeliveryBacklog);
  await backlog.load();
  backlog.add(backlogLimitBytes - 2 * body.length + 1);
  await expect(fixture.receive(body)).rejects.toMatchObject({ code: 'delivery_backlog_full', retryAfterMs: 30_000 });
  await fixture.work();
  await fixture.receive(body);
});

test('what the database refuses is an error that asks to send it again, and takes no room', async () => {
  await fixture.database.database.execute(
    `CREATE TRIGGER no_room BEFORE INSERT ON delivery_payloads BEGIN SELECT RAISE(ABORT, 'no room'); END`,
  );
  const error = { code: 'delivery_not_stored', category: 'unavailable', retryAfterMs: 10_000 };
  await expect(fixture.receive(body)).rejects.toMatchObject(error);
  await fixture.database.database.execute('DROP TRIGGER no_room');
  fixture.container.resolve(Tokens.DeliveryBacklog).add(backlogLimitBytes);
  expect((await fixture.database.deliveries.list({}, { limit: 1 })).items).toEqual([]);
});
