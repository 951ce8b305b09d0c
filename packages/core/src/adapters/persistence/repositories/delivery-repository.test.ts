import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleDelivery, sampleDeliveryEnd, sampleJob } from '@danube/test-support/database-samples.js';
import type { Verdict } from '../../../domain/delivery/delivery.js';
import type { NewDelivery } from '../../../services/ports/delivery-repository.js';

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.close());

const body = (text: string) => ({ headers: {}, sealedHeaders: {}, body: Buffer.from(text) });
const waiting = async (after = 0, limit = 10) => {
  const { items } = await db.deliveries.listReceived(after, limit);
  return items.map(({ id }) => id);
};
const verdict = (deliveryId: string, pipelineId: string, changes: Partial<Verdict> = {}): Verdict => ({
  deliveryId,
  pipelineId,
  outcome: 'skipped',
  reason: 'branch "dev" does not match ["main"]',
  jobId: undefined,
  ...changes,
});

describe('storing', () => {
  test('keeps every byte and every field', async () => {
    const payload = {
      headers: { 'x-gitea-event': 'push', __proto__x: 'é' },
      sealedHeaders: { 'x-gitlab-token': 'AAEC' },
      body: Buffer.from([123, 0, 255, 125]),
    };
    const delivery = sampleDelivery('d1', { source: 'replay', replayOf: 'd0', forgeDeliveryId: 'guid', payload });
    expect(await db.deliveries.storeOnce([delivery])).toEqual([{ id: 'd1', duplicate: false }]);
    expect(await db.deliveries.findById('d1')).toEqual({
      id: 'd1',
      forge: 'gitea',
      forgeDeliveryId: 'guid',
      source: 'replay',
      replayOf: 'd0',
      receivedAt: delivery.receivedAt,
      bodyBytes: 4,
      status: 'received',
      attempts: 0,
      nextAttemptAt: 0,
      waitReason: undefined,
      processedAt: undefined,
      outcome: undefined,
    });
    expect(await db.deliveries.findPayload('d1')).toEqual(payload);
    expect(await db.deliveries.findPayload('d2')).toBeUndefined();
    expect(await db.deliveries.countReceivedBytes()).toBe(4);
  });

  test('happens once for the same forge, id and body, also within one call', async () => {
    const same = { forgeDeliveryId: 'guid', payload: body('a') };
    const answers = await db.deliveries.storeOnce([
      sampleDelivery('d1', same),
      sampleDelivery('d2', same),
      sampleDelivery('d3', { ...same, payload: body('b') }),
      sampleDelivery('d4', { ...same, forge: 'other' }),
      sampleDelivery('d5', { payload: body('a') }),
      sampleDelivery('d6', { payload: body('a') }),
    ]);
    expect(answers.map(({ id }) => id)).toEqual(['d1', 'd1', 'd3', 'd4', 'd5', 'd6']);
    expect(answers.map(({ duplicate }) => duplicate)).toEqual([false, true, false, false, false, false]);
    expect(await db.deliveries.storeOnce([sampleDelivery('d7', same)])).toEqual([{ id: 'd1', duplicate: true }]);
    expect(await waiting()).toEqual(['d1', 'd3', 'd4', 'd5', 'd6']);
  });

  test.each([
    ['failed', { status: 'failed' }],
    ['not verified', { outcome: { verified: false } }],
  ] as const)('happens again where the first one %s', async (_name, end) => {
    const same: Partial<NewDelivery> = { forgeDeliveryId: 'guid', payload: body('a') };
    await db.deliveries.storeOnce([sampleDelivery('d1', same)]);
    await db.deliveries.finish([sampleDeliveryEnd('d1', end)]);
    expect(await db.deliveries.storeOnce([sampleDelivery('d2', same)])).toEqual([{ id: 'd2', duplicate: false }]);
    await db.deliveries.finish([sampleDeliveryEnd('d2')]);
    expect(await db.deliveries.storeOnce([sampleDelivery('d3', same)])).toEqual([{ id: 'd2', duplicate: true }]);
  });

  test('takes hundreds at once, and all or none', async () => {
    const many = Array.from({ length: 600 }, (_, n) => sampleDelivery(`d${n}`, { payload: body('x'.repeat(100)) }));
    await db.deliveries.storeOnce(many);
    expect(await db.deliveries.countReceivedBytes()).toBe(60_000);
    await expect(
      db.deliveries.storeOnce([sampleDelivery('new'), sampleDelivery('bad', { source: 'nowhere' as never })]),
    ).rejects.toThrow();
    expect(await db.deliveries.findById('new')).toBeUndefined();
  });
});

describe('what waits', () => {
  test('comes in the order of arrival, piece by piece, whatever the clock said', async () => {
    for (const [id, receivedAt] of Object.entries({ d1: 30, d2: 10, d3: 20 }))
      await db.deliveries.storeOnce([sampleDelivery(id, { receivedAt })]);
    const { items, last } = await db.deliveries.listReceived(0, 2);
    expect(items.map(({ id, payload }) => [id, Buffer.from(payload.body).toString()])).toEqual([
      ['d1', '{}'],
      ['d2', '{}'],
    ]);
    expect(await waiting(last)).toEqual(['d3']);
    expect(await db.deliveries.listReceived(last + 1, 2)).toEqual({ items: [], last: last + 1 });
  });

  test('comes in pieces that fit into memory', async () => {
    const large = body('x'.repeat(17 * 1024 * 1024));
    for (const id of ['d1', 'd2', 'd3']) await db.deliveries.storeOnce([sampleDelivery(id, { payload: large })]);
    expect(await waiting()).toEqual(['d1']);
    await db.deliveries.storeOnce([sampleDelivery('d4', { payload: body('x'.repeat(40 * 1024 * 1024)) })]);
    expect(await waiting((await db.deliveries.listReceived(0, 3)).last + 2)).toEqual(['d4']);
  });

  test('can be put off', async () => {
    await db.deliveries.storeOnce([sampleDelivery('d1')]);
    await db.deliveries.postpone('d1', 2, 5_000, 'no route');
    expect(await db.deliveries.findById('d1')).toMatchObject({
      attempts: 2,
      nextAttemptAt: 5_000,
      waitReason: 'no route',
      outcome: undefined,
    });
    await db.deliveries.finish([sampleDeliveryEnd('d1')]);
    expect((await db.deliveries.findById('d1'))?.waitReason).toBeUndefined();
  });
});

describe('the end', () => {
  test('is stored once, with its verdicts', async () => {
    await db.jobs.create(sampleJob('j1'));
    await db.deliveries.storeOnce([sampleDelivery('d1')]);
    const verdicts = [verdict('d1', 'api'), verdict('d1', 'web', { outcome: 'triggered', reason: 'ok', jobId: 'j1' })];
    const end = sampleDeliveryEnd('d1', { verdicts, processedAt: 40 });
    await db.deliveries.finish([end]);
    expect(await db.deliveries.listVerdicts('d1')).toEqual(verdicts);
    const { status, outcome, processedAt } = end;
    expect(await db.deliveries.findById('d1')).toMatchObject({ status, outcome, processedAt });
    expect(await waiting()).toEqual([]);
    await expect(db.deliveries.finish([end])).rejects.toMatchObject({ code: 'delivery_already_finished' });
    const counts = await db.deliveries.countVerdicts(['d1', 'd2']);
    expect(counts.get('d1')).toEqual({ triggered: 1, duplicate: 0, skipped: 1, rejected: 0 });
    expect(counts.get('d2')).toEqual({ triggered: 0, duplicate: 0, skipped: 0, rejected: 0 });
  });

  test('is not stored where a verdict cannot be', async () => {
    await db.deliveries.storeOnce([sampleDelivery('d1')]);
    const verdicts = [verdict('d1', 'web', { jobId: 'no such job' })];
    await expect(db.deliveries.finish([sampleDeliveryEnd('d1', { verdicts })])).rejects.toMatchObject({
      code: 'database_reference_missing',
    });
    expect(await waiting()).toEqual(['d1']);
  });
});

test('lists are newest first, filtered and in pages', async () => {
  await db.deliveries.storeOnce(['d1', 'd2', 'd3', 'd4', 'd5'].map((id) => sampleDelivery(id)));
  await db.deliveries.storeOnce([sampleDelivery('d6', { forge: 'github' })]);
  await db.deliveries.finish([sampleDeliveryEnd('d1', { verdicts: [verdict('d1', 'web')] })]);
  await db.deliveries.finish([sampleDeliveryEnd('d2', { status: 'failed', outcome: { event: 'unreadable' } })]);
  await db.deliveries.finish([sampleDeliveryEnd('d3', { outcome: { matched: false } })]);
  const ids = async (filter: Parameters<typeof db.deliveries.list>[0]) =>
    (await db.deliveries.list(filter, { limit: 10 })).items.map(({ id }) => id);
  expect(await ids({})).toEqual(['d6', 'd5', 'd4', 'd3', 'd2', 'd1']);
  expect(await ids({ forge: 'github' })).toEqual(['d6']);
  expect(await ids({ status: 'failed' })).toEqual(['d2']);
  expect(await ids({ status: 'processed' })).toEqual(['d3', 'd1']);
  expect(await ids({ status: 'received', forge: 'gitea' })).toEqual(['d5', 'd4']);
  expect(await ids({ matched: false })).toEqual(['d3']);
  expect(await ids({ event: 'push', matched: true })).toEqual(['d1']);
  expect(await ids({ pipelineId: 'web' })).toEqual(['d1']);
  expect(await ids({ pipelineId: 'web', status: 'failed' })).toEqual([]);
  const first = await db.deliveries.list({}, { limit: 4 });
  expect(first.nextCursor).toBe('d3');
  const rest = await db.deliveries.list({}, { limit: 4, cursor: 'd3' });
  expect([rest.items.map(({ id }) => id), rest.nextCursor]).toEqual([['d2', 'd1'], undefined]);
});

test('a push is known from a delivery or a job of its repository', async () => {
  const commit = '4f0c1f4b2a9d5e6c7b8a9d0e1f2a3b4c5d6e7f80';
  const push = (name: string, changes = {}) => ({
    repository: { fullName: name, cloneUrls: [`git@git.example.org:${name}.git`] },
    ref: 'refs/heads/main',
    commit,
    ...changes,
  });
  const known = (changes = {}, name = 'octo/hello') => db.deliveries.isPushKnown('gitea', push(name, changes));
  expect(await known()).toBe(false);
  await db.deliveries.storeOnce([sampleDelivery('d1', { receivedAt: 70 })]);
  await db.deliveries.finish([sampleDeliveryEnd('d1', { outcome: { commit } })]);
  expect(await known()).toBe(true);
  expect(await known({ ref: 'refs/heads/dev' })).toBe(false);
  expect(await known({ commit: 'b'.repeat(40) })).toBe(false);
  expect(await known({}, 'web')).toBe(false);
  await db.jobs.create(sampleJob('j1'));
  expect(await known({}, 'web')).toBe(true);
  expect(await known({}, 'octo/other')).toBe(false);
});

test('the last webhook of each forge counts once it is verified', async () => {
  await db.deliveries.storeOnce([
    sampleDelivery('d1', { receivedAt: 10 }),
    sampleDelivery('d2', { receivedAt: 20 }),
    sampleDelivery('d3', { receivedAt: 30 }),
    sampleDelivery('d4', { receivedAt: 40, source: 'replay' }),
    sampleDelivery('d5', { receivedAt: 50 }),
    sampleDelivery('d6', { receivedAt: 15, forge: 'github' }),
  ]);
  for (const id of ['d1', 'd2', 'd4', 'd6']) await db.deliveries.finish([sampleDeliveryEnd(id)]);
  await db.deliveries.finish([sampleDeliveryEnd('d3', { outcome: { verified: false } })]);
  expect(await db.deliveries.listLastReceived()).toEqual(
    new Map([
      ['gitea', 20],
      ['github', 15],
    ]),
  );
});

test('old ones go, unverified ones sooner, and those that wait stay', async () => {
  const ends = { d1: [10, true], d2: [10, false], d3: [30, true], d4: [30, false] } as const;
  await db.deliveries.storeOnce(['d1', 'd2', 'd3', 'd4', 'd5'].map((id) => sampleDelivery(id)));
  for (const [id, [processedAt, verified]] of Object.entries(ends)) {
    const verdicts = [verdict(id, 'web')];
    await db.deliveries.finish([sampleDeliveryEnd(id, { processedAt, verdicts, outcome: { verified } })]);
  }
  const than = { verified: 20, unverified: 40 };
  expect(await db.deliveries.measureOlder(than)).toEqual({ count: 3, bytes: 6, oldest: 10 });
  expect(await db.deliveries.removeOlder(than, 2)).toEqual({ count: 2, bytes: 4, oldest: 10 });
  expect(await db.deliveries.removeOlder(than, 2)).toEqual({ count: 1, bytes: 2, oldest: 30 });
  for (const amount of [await db.deliveries.removeOlder(than, 2), await db.deliveries.measureOlder(than)]) {
    expect(amount).toEqual({ count: 0, bytes: 0, oldest: undefined });
  }
  const left = await db.deliveries.list({}, { limit: 10 });
  expect(left.items.map(({ id }) => id)).toEqual(['d5', 'd3']);
  expect(await db.deliveries.findPayload('d1')).toBeUndefined();
  expect(await db.deliveries.listVerdicts('d1')).toEqual([]);
});

test('unverified ones are trimmed to a size, oldest first; the newest of all stays', async () => {
  const large = body('x'.repeat(100_000));
  await db.deliveries.storeOnce(['d1', 'd2', 'd3', 'd4'].map((id) => sampleDelivery(id, { payload: large })));
  for (const id of ['d1', 'd3', 'd4'])
    await db.deliveries.finish([sampleDeliveryEnd(id, { outcome: { verified: false } })]);
  await db.deliveries.finish([sampleDeliveryEnd('d2')]);
  expect(await db.deliveries.trimUnverified(400_000)).toBe(0);
  expect(await db.deliveries.trimUnverified(250_000)).toBe(1);
  expect((await db.deliveries.list({}, { limit: 10 })).items.map(({ id }) => id)).toEqual(['d4', 'd3', 'd2']);
  expect(await db.deliveries.trimUnverified(0)).toBe(1);
  expect((await db.deliveries.list({}, { limit: 10 })).items.map(({ id }) => id)).toEqual(['d4', 'd2']);
});

test('their headers and verdicts take room too: of a small one that hundreds of pipelines build, these take most', async () => {
  const small = { headers: { 'x-long': 'h'.repeat(10_000) }, sealedHeaders: {}, body: Buffer.from('{}') };
  await db.deliveries.storeOnce(['d1', 'd2', 'd3'].map((id) => sampleDelivery(id, { payload: small })));
  for (const id of ['d1', 'd2', 'd3']) {
    const verdicts = Array.from({ length: 200 }, (_none, n) => verdict(id, `p${n}`, { outcome: 'rejected' }));
    await db.deliveries.finish([sampleDeliveryEnd(id, { verdicts, outcome: { verified: false } })]);
  }
  expect(await db.deliveries.trimUnverified(200_000)).toBe(0);
  expect(await db.deliveries.trimUnverified(140_000)).toBe(1);
});
