import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob } from '@danube/test-support/database-samples.js';
import type { JobStatus } from '../../../domain/job/job-status.js';
import type { JobFilter } from '../../../services/ports/job-repository.js';

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.close());

const start = Date.UTC(2026, 0, 1);

async function createIn(status: JobStatus, id: string, changes: Parameters<typeof sampleJob>[1] = {}): Promise<void> {
  await db.jobs.create(sampleJob(id, changes));
  if (status !== 'pending') expect(await db.jobs.changeStatus(id, 'pending', status, {})).toBe(true);
}

async function idsOf(filter: JobFilter, cursor?: string): Promise<string[]> {
  const page = await db.jobs.list(filter, { limit: 100, ...(cursor === undefined ? {} : { cursor }) });
  return page.items.map((job) => job.id);
}

test('a created job reads back whole', async () => {
  const created = await db.jobs.create(sampleJob('j1', { env: { COLOUR: 'ünï "quoted"' }, createdAt: start }));
  expect(created).toEqual({
    ...sampleJob('j1', { env: { COLOUR: 'ünï "quoted"' }, createdAt: start }),
    number: 1,
    pipelineName: 'web',
    status: 'pending',
    scheduledAt: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    deadlineAt: undefined,
    reason: undefined,
    logRemovedAt: undefined,
  });
  expect(await db.jobs.findById('j1')).toEqual(created);
  expect(await db.jobs.findById('other')).toBeUndefined();
});

test('numbers count up within a pipeline and are never given twice', async () => {
  const { number: first } = await db.jobs.create(sampleJob('a1'));
  const { number: other } = await db.jobs.create(sampleJob('b1', { pipelineId: 'api' }));
  await expect(db.jobs.create(sampleJob('a1'))).rejects.toMatchObject({ code: 'database_unique_violation' });
  await db.database.execute(`DELETE FROM jobs WHERE id = 'a1'`);
  const { number: afterRemoval } = await db.jobs.create(sampleJob('a2'));
  expect([first, other, afterRemoval]).toEqual([1, 1, 2]);
});

test('of two status changes from the same status exactly one wins', async () => {
  for (let round = 0; round < 30; round += 1) {
    const id = `job-${round}`;
    await createIn('running', id);
    const won = await Promise.all([
      db.jobs.changeStatus(id, 'running', 'success', { finishedAt: 1 }),
      db.jobs.changeStatus(id, 'running', 'cancelled', { finishedAt: 2 }),
    ]);
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await db.jobs.findById(id)).toMatchObject(
      won[0] ? { status: 'success', finishedAt: 1 } : { status: 'cancelled', finishedAt: 2 },
    );
  }
  expect(await db.jobs.changeStatus('nowhere', 'pending', 'running', {})).toBe(false);
});

test('a status change sets what it names, clears what it names as undefined and leaves the rest', async () => {
  await db.jobs.create(sampleJob('j1'));
  await db.jobs.changeStatus('j1', 'pending', 'scheduling', { scheduledAt: 5, deadlineAt: 50 });
  await db.jobs.changeStatus('j1', 'scheduling', 'pending', { scheduledAt: undefined, reason: 'restarted' });
  expect(await db.jobs.findById('j1')).toMatchObject({
    status: 'pending',
    scheduledAt: undefined,
    deadlineAt: 50,
    reason: 'restarted',
  });
});

test('an unknown status is refused by the database itself', async () => {
  await db.jobs.create(sampleJob('j1'));
  await expect(db.jobs.changeStatus('j1', 'pending', 'broken' as JobStatus, {})).rejects.toMatchObject({
    code: 'database_value_refused',
  });
});

test('a reason is set only while the job has not ended', async () => {
  await createIn('running', 'open');
  await createIn('success', 'ended');
  await db.jobs.setReason('open', 'step failed');
  await db.jobs.setReason('ended', 'too late');
  expect((await db.jobs.findById('open'))?.reason).toBe('step failed');
  expect((await db.jobs.findById('ended'))?.reason).toBeUndefined();
});

test('pages go from the newest to the oldest and meet without gap or overlap', async () => {
  for (let index = 0; index < 25; index += 1) {
    await db.jobs.create(
      sampleJob(`job-${String(index).padStart(2, '0')}`, { createdAt: start + Math.floor(index / 4) }),
    );
  }
  const seen: string[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await db.jobs.list({}, { limit: 10, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items.map((job) => job.id));
    sizes.push(page.items.length);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(sizes).toEqual([10, 10, 5]);
  expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `job-${String(24 - index).padStart(2, '0')}`));
});

test('a last page that is just full says that there is no next one', async () => {
  await createIn('pending', 'j1');
  await createIn('pending', 'j2');
  expect((await db.jobs.list({}, { limit: 2 })).nextCursor).toBeUndefined();
  expect((await db.jobs.list({}, { limit: 1 })).nextCursor).toBe('j2');
});

test('filters narrow the list, alone and together', async () => {
  await createIn('success', 'j1', { createdAt: start + 1 });
  await createIn('failure', 'j2', { createdAt: start + 2, branch: 'dev' });
  await createIn('running', 'j3', { createdAt: start + 3, pipelineId: 'api' });
  await createIn('failure', 'j4', {
    createdAt: start + 4,
    pipelineId: 'api',
    trigger: { type: 'cron', ref: '0 3 * * *', actor: 'schedule' },
  });
  expect(await idsOf({})).toEqual(['j4', 'j3', 'j2', 'j1']);
  expect(await idsOf({ pipelineId: 'web' })).toEqual(['j2', 'j1']);
  expect(await idsOf({ statuses: ['failure'] })).toEqual(['j4', 'j2']);
  expect(await idsOf({ statuses: ['failure', 'success', 'failure'] })).toEqual(['j4', 'j2', 'j1']);
  expect(await idsOf({ statuses: ['failure', 'success'] }, 'j4')).toEqual(['j2', 'j1']);
  expect(await idsOf({ statuses: [] })).toEqual(['j4', 'j3', 'j2', 'j1']);
  expect(await idsOf({ branch: 'dev' })).toEqual(['j2']);
  expect(await idsOf({ triggerType: 'cron' })).toEqual(['j4']);
  expect(await idsOf({ createdFrom: start + 2, createdBefore: start + 4 })).toEqual(['j3', 'j2']);
  expect(await idsOf({ pipelineId: 'api', statuses: ['failure', 'running'], triggerType: 'manual' })).toEqual(['j3']);
  expect(await idsOf({ pipelineId: 'web', branch: 'main', statuses: ['failure'] })).toEqual([]);
});

test('unfinished jobs are found by age, ref and commit', async () => {
  const commit = 'a'.repeat(40);
  const source = { ...sampleJob('x').source, commit };
  await createIn('running', 'j1');
  await createIn('success', 'j2', { source });
  await createIn('pending', 'j3', { source });
  await createIn('scheduling', 'j4', { branch: 'dev' });
  await createIn('pending', 'j5', { pipelineId: 'api' });
  const ids = (jobs: readonly { id: string }[]) => jobs.map((job) => job.id);
  expect(ids(await db.jobs.listUnfinished())).toEqual(['j1', 'j3', 'j4', 'j5']);
  expect(ids(await db.jobs.listUnfinishedByRef('web', 'refs/heads/main'))).toEqual(['j1', 'j3']);
  expect((await db.jobs.findUnfinishedDuplicate('web', 'refs/heads/main', commit))?.id).toBe('j3');
  expect(await db.jobs.findUnfinishedDuplicate('api', 'refs/heads/main', commit)).toBeUndefined();
  expect(ids(await db.jobs.nextPending(10, []))).toEqual(['j3', 'j5']);
  expect(ids(await db.jobs.nextPending(1, []))).toEqual(['j3']);
  expect(ids(await db.jobs.nextPending(10, ['web']))).toEqual(['j5']);
});

test('unfinished jobs are counted', async () => {
  await createIn('running', 'j1');
  await createIn('scheduling', 'j2');
  await createIn('running', 'j3', { pipelineId: 'api' });
  await createIn('pending', 'j4');
  await createIn('failure', 'j5');
  expect(await db.jobs.countByUnfinishedStatus()).toEqual(
    new Map(Object.entries({ pending: 1, scheduling: 1, running: 2 })),
  );
});

test('the last jobs of several pipelines come in one call, newest first', async () => {
  for (let index = 0; index < 5; index += 1) {
    await createIn('success', `web-${index}`, { createdAt: start + index });
    await createIn('success', `api-${index}`, { createdAt: start - index, pipelineId: 'api' });
  }
  const recent = await db.jobs.listRecentByPipeline(['web', 'api', 'none', 'web'], 2);
  expect([...recent].map(([pipeline, jobs]) => [pipeline, jobs.map((job) => job.id)])).toEqual([
    ['web', ['web-4', 'web-3']],
    ['api', ['api-0', 'api-1']],
  ]);
});
