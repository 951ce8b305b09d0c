import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sampleJob } from '@danube/test-support/database-samples.js';
import { noSource } from '@danube/test-support/log-fixture.js';
import { RetentionFixture } from '@danube/test-support/retention-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { archiveKey } from '../../domain/artifact/archive-key.js';

let fixture: RetentionFixture;
const never = new AbortController().signal;
const id = '0193f2a1-0000-7000-8000-000000000001';

beforeEach(async () => {
  fixture = await RetentionFixture.start();
});
afterEach(() => fixture.stop());

const agreement = { found: 0, repaired: 0, problems: [] };

async function putObject(key: string): Promise<void> {
  await fixture.artifacts.put(key, Readable.from([Buffer.from('x')]), never);
}

/** What is found is found again until it is repaired, and not after that. */
async function expectRepairOf(kind: string, subject: string): Promise<void> {
  const problem = { kind, subject };
  expect(await fixture.reaper.check(false)).toEqual({
    found: 1,
    repaired: 0,
    problems: [{ ...problem, repaired: false }],
  });
  expect(await fixture.reaper.check(true)).toEqual({
    found: 1,
    repaired: 1,
    problems: [{ ...problem, repaired: true }],
  });
  expect(await fixture.reaper.check(false)).toEqual(agreement);
}

test('what runs, what has ended and what the reaper has left agrees', async () => {
  for (const daysAgo of [0, 40, 400]) await fixture.addArtifact(await fixture.addJob(daysAgo));
  await fixture.addArtifact(await fixture.addJob(1, 'running'));
  await fixture.database.jobs.create(sampleJob('cancelled-early'));
  await fixture.database.jobs.changeStatus('cancelled-early', 'pending', 'cancelled', { finishedAt: 1 });
  expect(await fixture.reaper.check(false)).toEqual(agreement);
  await fixture.reaper.execute({ dryRun: false, lowDisk: false });
  expect(await fixture.reaper.check(false)).toEqual(agreement);
});

test('log files of a job that is not there, or whose log was removed, go', async () => {
  const job = await fixture.addJob(1);
  await writeFile(join(fixture.folder, 'logs', 'notes.txt'), 'not a log');
  await writeFile(join(fixture.folder, 'logs', 'gone.remarks'), 'x');
  await expectRepairOf('log_without_job', 'log files of job gone');
  await fixture.database.finishedJobs.markLogsRemoved([job], 1);
  await expectRepairOf('log_without_job', `log files of job ${job}`);
});

test('a job that ran and has no log says so from then on', async () => {
  const job = await fixture.addJob(1);
  await fixture.logs.store.remove(job);
  await expectRepairOf('log_missing', `the log of job ${job}`);
  expect(await fixture.database.jobs.findById(job)).toMatchObject({ logRemovedAt: fixture.clock.now() });
});

test('a job that is being settled may be without its log for now', async () => {
  const job = await fixture.addJob(1);
  await fixture.logs.store.remove(job);
  fixture.unsettled = [job];
  expect(await fixture.reaper.check(true)).toEqual(agreement);
});

test('a log that is being written is nobody else’s', async () => {
  const job = await fixture.addJob(1, 'running');
  const writer = await fixture.logs.store.openWriter(job, noSource);
  expect(await fixture.reaper.check(true)).toEqual(agreement);
  await writer.close();
});

test('an archive that no artifact owns goes; signatures beside it and foreign objects stay', async () => {
  const { place } = await fixture.addArtifact(await fixture.addJob(1));
  await putObject(`${place.key}.sig`);
  await putObject('somebody/elses.tar.gz');
  const unowned = archiveKey('job', id, 'web');
  await putObject(unowned);
  await expectRepairOf('object_without_artifact', `object ${unowned} in the data directory`);
  expect(await fixture.objectKeys()).toHaveLength(3);
});

test('an upload that is under way is no problem', async () => {
  const key = archiveKey('job', id, 'web');
  await fixture.database.artifacts.addLoose({ storage: '', key });
  await putObject(key);
  expect(await fixture.reaper.check(true)).toEqual(agreement);
  expect(await fixture.objectKeys()).toEqual([key]);
});

test('an artifact whose object is gone goes', async () => {
  const job = await fixture.addJob(1);
  await fixture.addArtifact(job, 'kept');
  const { place } = await fixture.addArtifact(job, 'lost');
  await fixture.artifacts.delete(place.key, never);
  await expectRepairOf('object_missing', `artifact "lost" of job ${job}`);
  expect((await fixture.database.artifacts.listByJob(job)).map(({ name }) => name)).toEqual(['kept']);
});

test('a storage that has nothing, as one whose disk is not mounted, costs no artifact', async () => {
  const job = await fixture.addJob(1);
  await fixture.addArtifact(job);
  rmSync(join(fixture.folder, 'artifacts', job), { recursive: true });
  expect(await fixture.reaper.check(true)).toEqual({
    found: 1,
    repaired: 0,
    problems: [
      { kind: 'storage_unreadable', subject: 'the data directory has none of its 1 objects', repaired: false },
    ],
  });
  expect(await fixture.database.artifacts.listByJob(job)).toHaveLength(1);
});

test('artifacts of a storage that config.yaml has no more are left as they are', async () => {
  const job = await fixture.addJob(1);
  const artifact = await fixture.addArtifact(job);
  await fixture.database.artifacts.create({ ...artifact, id, name: 'far', place: { storage: 'bucket', key: 'k' } });
  expect(await fixture.reaper.check(true)).toMatchObject({
    found: 1,
    problems: [{ subject: 'storage "bucket" has none of its 1 objects', repaired: false }],
  });
  expect(await fixture.database.artifacts.listByJob(job)).toHaveLength(2);
});
