import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob, sampleStep } from '@danube/test-support/database-samples.js';
import type { Artifact } from '../../../domain/artifact/artifact.js';
import type { Delivery, Verdict } from '../../../domain/delivery/delivery.js';

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.close());

describe('steps', () => {
  beforeEach(() => db.jobs.create(sampleJob('j1')));

  test('are created once; a second request gets the stored row', async () => {
    const step = sampleStep('j1', 1, { image: 'node:22', deadlineAt: 99 });
    const results = await Promise.all([
      db.steps.createOnce(step),
      db.steps.createOnce({ ...step, command: 'another', requestDigest: 'd2' }),
    ]);
    expect(results).toEqual([
      { step, created: true },
      { step, created: false },
    ]);
    expect(await db.steps.find('j1', 1)).toEqual(step);
    expect(await db.steps.find('j1', 2)).toBeUndefined();
  });

  test('a step of no job is refused', async () => {
    await expect(db.steps.createOnce(sampleStep('j2', 1))).rejects.toMatchObject({
      code: 'database_reference_missing',
    });
  });

  test('change until they have ended', async () => {
    await db.steps.createOnce(sampleStep('j1', 2));
    await db.steps.createOnce(sampleStep('j1', 1));
    expect(await db.steps.update('j1', 1, { status: 'running', startedAt: 5, logStart: 0 })).toBe(true);
    expect(await db.steps.update('j1', 1, { status: 'success', exitCode: 0, finishedAt: 9, logEnd: 70 })).toBe(true);
    expect(await db.steps.update('j1', 1, { status: 'failure' })).toBe(false);
    expect(await db.steps.update('j1', 3, { status: 'failure' })).toBe(false);
    const ended = sampleStep('j1', 1, {
      status: 'success',
      exitCode: 0,
      startedAt: 5,
      finishedAt: 9,
      logStart: 0,
      logEnd: 70,
    });
    expect(await db.steps.listByJob('j1')).toEqual([ended, sampleStep('j1', 2)]);

    await db.steps.endAll('j1', 'cancelled', 'the job was cancelled', 11);
    const cancelled = sampleStep('j1', 2, { status: 'cancelled', reason: 'the job was cancelled', finishedAt: 11 });
    expect(await db.steps.listByJob('j1')).toEqual([ended, cancelled]);
  });
});

test('artifacts have one name each within a job', async () => {
  await db.jobs.create(sampleJob('j1'));
  const artifact = (id: string, name: string): Artifact => ({
    id,
    jobId: 'j1',
    name,
    sizeBytes: 5_000_000_000,
    sha256: 'ab'.repeat(32),
    createdAt: 7,
  });
  await db.artifacts.create(artifact('a1', 'wheel'));
  await db.artifacts.create(artifact('a2', 'docs'));
  await expect(db.artifacts.create(artifact('a3', 'docs'))).rejects.toMatchObject({ category: 'conflict' });
  expect(await db.artifacts.listByJob('j1')).toEqual([artifact('a2', 'docs'), artifact('a1', 'wheel')]);
  expect(await db.artifacts.remove('a1')).toBe(true);
  expect(await db.artifacts.remove('a1')).toBe(false);
});

test('deliveries are stored once and worked on in the order in which they came', async () => {
  const delivery = (id: string, forgeDeliveryId: string | undefined, receivedAt: number): Delivery => ({
    id,
    forge: 'gitea',
    forgeDeliveryId,
    headers: { 'x-gitea-event': 'push' },
    body: Buffer.from([123, 0, 125]),
    receivedAt,
    status: 'received',
    processedAt: undefined,
  });
  const first = delivery('d1', 'guid-1', 20);
  expect(await db.deliveries.createOnce(first)).toEqual({ delivery: first, created: true });
  expect(await db.deliveries.createOnce(delivery('d2', 'guid-1', 21))).toEqual({ delivery: first, created: false });
  await db.deliveries.createOnce(delivery('d3', undefined, 10));
  await db.deliveries.createOnce(delivery('d4', undefined, 30));
  expect((await db.deliveries.listReceived(10)).map(({ id }) => id)).toEqual(['d3', 'd1', 'd4']);
  expect((await db.deliveries.listReceived(1)).map(({ id }) => id)).toEqual(['d3']);

  await db.jobs.create(sampleJob('j1'));
  const verdicts: Verdict[] = [
    { deliveryId: 'd1', pipelineId: 'api', outcome: 'skipped', reason: 'branch dev does not match', jobId: undefined },
    { deliveryId: 'd1', pipelineId: 'web', outcome: 'triggered', reason: 'push to main', jobId: 'j1' },
  ];
  await db.deliveries.finish('d1', 'processed', verdicts, 40);
  await db.deliveries.finish('d1', 'processed', verdicts, 41);
  expect(await db.deliveries.listVerdicts('d1')).toEqual(verdicts);
  expect(await db.deliveries.findById('d1')).toEqual({ ...first, status: 'processed', processedAt: 41 });
  expect((await db.deliveries.listReceived(10)).map(({ id }) => id)).toEqual(['d3', 'd4']);
});

test('verdicts that cannot be stored leave the delivery to be worked on', async () => {
  await db.deliveries.createOnce({
    id: 'd1',
    forge: 'gitea',
    forgeDeliveryId: undefined,
    headers: {},
    body: Buffer.from('{}'),
    receivedAt: 1,
    status: 'received',
    processedAt: undefined,
  });
  const wrong: Verdict = {
    deliveryId: 'd1',
    pipelineId: 'web',
    outcome: 'triggered',
    reason: 'x',
    jobId: 'no such job',
  };
  await expect(db.deliveries.finish('d1', 'processed', [wrong], 2)).rejects.toMatchObject({
    code: 'database_reference_missing',
  });
  expect((await db.deliveries.findById('d1'))?.status).toBe('received');
});

test('a job has one token at a time, and none once it is removed', async () => {
  await db.jobs.create(sampleJob('j1'));
  await db.jobTokens.save('j1', 'hash-1');
  await db.jobTokens.save('j1', 'hash-2');
  expect(await db.jobTokens.findJobId('hash-1')).toBeUndefined();
  expect(await db.jobTokens.findJobId('hash-2')).toBe('j1');
  await db.jobTokens.removeByJob('j1');
  expect(await db.jobTokens.findJobId('hash-2')).toBeUndefined();
});

test('a removed job takes along what belongs to it, and a verdict about it stays', async () => {
  await db.jobs.create(sampleJob('j1'));
  await db.steps.createOnce(sampleStep('j1', 1));
  await db.jobTokens.save('j1', 'hash');
  await db.database.execute(`DELETE FROM jobs WHERE id = 'j1'`);
  expect(await db.steps.listByJob('j1')).toEqual([]);
  expect(await db.jobTokens.findJobId('hash')).toBeUndefined();
});
