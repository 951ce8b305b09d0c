import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleCircumstances, sampleJob, sampleStep } from '@danube/test-support/database-samples.js';
import type { Artifact } from '../../../domain/artifact/artifact.js';

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
    sha256: (name === 'wheel' ? 'ab' : 'cd').repeat(32),
    signature: name === 'wheel' ? Buffer.alloc(64, 7) : undefined,
    createdAt: 7,
    place: { storage: '', key: `j1/${id}` },
  });
  await db.artifacts.create(artifact('a1', 'wheel'));
  await db.artifacts.create(artifact('a2', 'docs'));
  await expect(db.artifacts.create(artifact('a3', 'docs'))).rejects.toMatchObject({ category: 'conflict' });
  expect(await db.artifacts.listByJob('j1')).toEqual([artifact('a2', 'docs'), artifact('a1', 'wheel')]);
  expect(await db.artifacts.find('j1', 'docs')).toEqual(artifact('a2', 'docs'));
  expect(await db.artifacts.find('j1', 'none')).toBeUndefined();
  expect(await db.artifacts.list({}, { limit: 1 })).toEqual({ items: [artifact('a2', 'docs')], nextCursor: 'a2' });
  expect(await db.artifacts.list({}, { limit: 1, cursor: 'a2' })).toEqual({
    items: [artifact('a1', 'wheel')],
    nextCursor: undefined,
  });
  expect((await db.artifacts.list({ sha256: 'ab'.repeat(32) }, { limit: 1 })).items).toEqual([artifact('a1', 'wheel')]);
  expect(await db.artifacts.remove('a1')).toBe(true);
  expect(await db.artifacts.remove('a1')).toBe(false);
});

test('objects are loose from when it is said until it is taken back', async () => {
  const place = { storage: 's3', key: 'j1/a1' };
  await db.artifacts.addLoose(place);
  await db.artifacts.addLoose(place);
  await db.artifacts.addLoose({ ...place, storage: '' });
  expect(await db.artifacts.listLoose()).toEqual([{ ...place, storage: '' }, place]);
  await db.artifacts.removeLoose(place);
  expect([await db.artifacts.isLoose(place), await db.artifacts.isLoose({ ...place, storage: '' })]).toEqual([
    false,
    true,
  ]);
});

test('every token of a job opens it, until they are removed', async () => {
  await db.jobs.create(sampleJob('j1'));
  for (const hash of ['hash-1', 'hash-2', 'hash-2']) await db.jobTokens.add('j1', hash);
  expect(await db.jobTokens.findJobId('hash-1')).toBe('j1');
  expect(await db.jobTokens.findJobId('hash-2')).toBe('j1');
  await db.jobTokens.removeByJob('j1');
  expect(await db.jobTokens.findJobId('hash-1')).toBeUndefined();
  expect(await db.jobTokens.findJobId('hash-2')).toBeUndefined();
});

test('a removed job takes along what belongs to it, and a verdict about it stays', async () => {
  await db.jobs.create(sampleJob('j1'));
  await db.steps.createOnce(sampleStep('j1', 1));
  await db.jobTokens.add('j1', 'hash');
  await db.database.execute(`DELETE FROM jobs WHERE id = 'j1'`);
  expect(await db.steps.listByJob('j1')).toEqual([]);
  expect(await db.jobTokens.findJobId('hash')).toBeUndefined();
});

test('provenance is written once, and its circumstances are those of the last start', async () => {
  await db.jobs.create(sampleJob('j1'));
  const envelope = (payload: string) => ({ payloadType: 't', payload, signatures: [{ keyid: 'k', sig: 's' }] });
  const first = { slsaV1: envelope('a'), slsaV02: envelope('b') };
  expect(await db.provenance.complete('j1', first)).toBe(false);
  await db.provenance.begin('j1', { ...sampleCircumstances, mode: 'none' });
  await db.provenance.begin('j1', sampleCircumstances);
  expect(await db.provenance.find('j1')).toEqual({ circumstances: sampleCircumstances, documents: undefined });
  expect(await db.provenance.complete('j1', first)).toBe(true);
  expect(await db.provenance.complete('j1', { slsaV1: envelope('c'), slsaV02: envelope('d') })).toBe(false);
  expect((await db.provenance.find('j1'))?.documents).toEqual(first);
  expect(await db.provenance.find('j2')).toBeUndefined();
  await db.database.execute(`DELETE FROM jobs WHERE id = 'j1'`);
  expect(await db.provenance.find('j1')).toBeUndefined();
});
