import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob } from '@danube/test-support/database-samples.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Job } from '../../../domain/job/job.js';

const now = 1_767_225_700_000;
let db: TestDatabase;

beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.close());

async function expectedJob(id: string, changes: Parameters<typeof sampleJob>[1] = {}, forge = 'hub'): Promise<Job> {
  const job = await db.jobs.create(sampleJob(id, changes));
  await db.commitStatuses.expect(job.id, forge);
  return job;
}

const due = async (busy: readonly string[] = [], forge = 'hub', at = now) =>
  (await db.commitStatuses.nextDue(forge, at, busy))?.job.id;

test('a job is due until its forge knows its present status, and again after each change', async () => {
  const job = await expectedJob('a');
  await db.commitStatuses.expect('a', 'other');
  const unknown = { job, forge: 'hub', reported: undefined, attempts: 0, superseded: false };
  expect(await db.commitStatuses.nextDue('hub', now, [])).toEqual(unknown);
  expect(await due([], 'other')).toBeUndefined();

  await db.commitStatuses.recordReported('a', 'pending', false);
  expect(await due()).toBeUndefined();
  expect(await db.commitStatuses.listForges()).toEqual(['hub']);
  await db.jobs.changeStatus('a', 'pending', 'scheduling', {});
  expect(await db.commitStatuses.nextDue('hub', now, [])).toMatchObject({
    job: { id: 'a', status: 'scheduling' },
    reported: 'pending',
  });

  await db.jobs.changeStatus('a', 'scheduling', 'failure', { reason: 'x' });
  await db.commitStatuses.recordReported('a', 'failure', true);
  expect(await due()).toBeUndefined();
  expect(await db.commitStatuses.listForges()).toEqual([]);
  expect(await db.commitStatuses.findByJob('a')).toEqual({
    ...{ forge: 'hub', reported: 'failure', settled: true, error: undefined },
  });
  expect(await db.commitStatuses.findByJob('b')).toBeUndefined();
});

test('a failed attempt is repeated at its time, and forgotten after a good one', async () => {
  await expectedJob('a');
  await db.commitStatuses.recordFailure('a', 'down', now + 10);
  await db.commitStatuses.recordFailure('a', 'still down', now + 20);
  expect([await due([], 'hub', now + 19), await due([], 'hub', now + 20)]).toEqual([undefined, 'a']);
  expect(await db.commitStatuses.nextDue('hub', now + 20, [])).toMatchObject({ attempts: 2, reported: undefined });
  expect(await db.commitStatuses.nextAttemptAfter(now)).toBe(now + 20);
  expect(await db.commitStatuses.nextAttemptAfter(now + 20)).toBeUndefined();
  expect(await db.commitStatuses.findByJob('a')).toMatchObject({ settled: false, error: 'still down' });

  await db.commitStatuses.recordReported('a', 'pending', false);
  expect(await db.commitStatuses.nextAttemptAfter(now)).toBeUndefined();
  await db.jobs.changeStatus('a', 'pending', 'cancelled', {});
  expect(await db.commitStatuses.nextDue('hub', now, [])).toMatchObject({ attempts: 0 });
  expect(await db.commitStatuses.findByJob('a')).toMatchObject({ error: undefined });

  await db.commitStatuses.giveUp('a', 'refused');
  expect(await due()).toBeUndefined();
  expect(await db.commitStatuses.findByJob('a')).toMatchObject({
    reported: 'pending',
    settled: true,
    error: 'refused',
  });
});

test('what never failed comes first, then what is due longest', async () => {
  for (const id of ['a', 'b', 'c']) await expectedJob(id, { pipelineId: id });
  await db.commitStatuses.recordFailure('a', 'down', now - 1);
  await db.commitStatuses.recordFailure('b', 'down', now - 2);
  expect([await due(), await due(['c']), await due(['c', 'b'])]).toEqual(['c', 'b', 'a']);
});

const elsewhere = { ...sampleJob('x').source, repositoryUrl: 'https://git.example.org/fork.git' };

test.each<[string, Parameters<typeof sampleJob>[1], string, boolean, boolean]>([
  ['the same', {}, 'hub', true, true],
  ['another branch', { branch: 'next' }, 'hub', true, true],
  ['another pipeline', { pipelineId: 'api' }, 'hub', false, false],
  ['another commit', { source: { ...sampleJob('x').source, commit: 'e'.repeat(40) } }, 'hub', false, false],
  ['another repository', { source: elsewhere }, 'hub', false, false],
  ['another forge', {}, 'lab', false, true],
])('a newer job of %s', async (_case, changes, forge, superseded, waits) => {
  await expectedJob('job-1');
  await expectedJob('job-2', changes, forge);
  expect(await db.commitStatuses.nextDue('hub', now, [])).toMatchObject({ job: { id: 'job-1' }, superseded });
  expect(await due(['job-2'])).toBe(waits ? undefined : 'job-1');
});

test('a newer job that no forge wants to hear about speaks for nobody', async () => {
  await expectedJob('job-1');
  await db.jobs.create(sampleJob('job-2'));
  expect(await db.commitStatuses.nextDue('hub', now, [])).toMatchObject({ superseded: false });
});
