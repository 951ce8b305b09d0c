import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob, samplePipeline, sampleTeam } from '@danube/test-support/database-samples.js';
import type { CronRun } from '../../../domain/cron/cron-run.js';
import type { CronTrigger } from '../../../domain/pipeline/pipeline.js';
import type { PipelineFile } from '../../../domain/trigger/pipeline-file.js';

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
  await db.teams.upsert([sampleTeam('platform')]);
});
afterEach(() => db.close());

const cron = (schedule: string): CronTrigger => ({ type: 'cron', schedule, catchUp: 'one', skipIfRunning: true });
const run = (pipelineId: string, schedule: string, changes: Partial<CronRun> = {}): CronRun => ({
  pipelineId,
  schedule,
  lastDueAt: 60_000,
  lastJobId: undefined,
  lastOutcome: 'new',
  ...changes,
});
const file = (pipelineId: string, changes: Partial<PipelineFile> = {}): PipelineFile => ({
  pipelineId,
  source: { repository: `https://git.example.org/${pipelineId}.git`, branch: 'main', file: 'danubefile.py' },
  commit: 'c'.repeat(40),
  blobId: 'b'.repeat(40),
  triggers: [{ type: 'manual' }, cron('1 1 * * *')],
  problems: [],
  readAt: 5,
  ...changes,
});
const scheduled = async () =>
  (await db.cronRuns.listScheduled()).map(({ pipelineId, trigger }) => `${pipelineId} ${trigger.schedule}`);

test('a pipeline file is stored, replaced, and goes with its pipeline', async () => {
  await db.pipelines.upsert([samplePipeline('web')]);
  const broken = file('web', { blobId: undefined, triggers: [], problems: [{ line: 1, column: 2, message: 'no' }] });
  for (const expected of [file('web'), broken]) {
    await db.pipelineFiles.save(expected);
    expect(await db.pipelineFiles.listByPipelines(['web', 'other'])).toEqual([expected]);
  }
  await db.pipelines.remove(['web']);
  await db.pipelineFiles.save(broken);
  expect(await db.pipelineFiles.listByPipelines(['web'])).toEqual([]);
});

test('schedules in force are those of the configuration, or else of the file where the pipeline still is', async () => {
  await db.pipelines.upsert([
    samplePipeline('config', { triggers: [cron('0 0 * * *'), { type: 'manual' }, cron('5 5 * * *')] }),
    samplePipeline('empty', { triggers: [] }),
    samplePipeline('file'),
    samplePipeline('moved', { branch: 'develop' }),
    samplePipeline('unread'),
  ]);
  for (const id of ['config', 'empty', 'file', 'moved']) await db.pipelineFiles.save(file(id));
  expect(await scheduled()).toEqual(['config 0 0 * * *', 'config 5 5 * * *', 'file 1 1 * * *']);
  await db.pipelineFiles.save(file('file', { triggers: [] }));
  expect(await scheduled()).toEqual(['config 0 0 * * *', 'config 5 5 * * *']);
});

test('a run is stored with the schedule, and forgotten with it', async () => {
  await db.pipelines.upsert([samplePipeline('web', { triggers: [cron('0 0 * * *'), cron('1 1 * * *')] })]);
  const job = await db.jobs.create(sampleJob('j1'));
  const stored = run('web', '0 0 * * *', { lastDueAt: 120_000, lastJobId: job.id, lastOutcome: 'started job #1' });
  await db.cronRuns.save([run('web', '0 0 * * *'), run('web', 'gone'), run('removed', '0 0 * * *')]);
  await db.cronRuns.save([stored]);
  expect(await db.cronRuns.listScheduled()).toEqual([
    { pipelineId: 'web', trigger: cron('0 0 * * *'), run: stored },
    { pipelineId: 'web', trigger: cron('1 1 * * *'), run: undefined },
  ]);
  expect(await db.cronRuns.find('web', '0 0 * * *')).toEqual(stored);
  expect(await db.cronRuns.listByPipelines(['web'])).toHaveLength(2);
  await db.cronRuns.removeUnscheduled();
  expect(await db.cronRuns.listByPipelines(['web'])).toEqual([stored]);
  await db.pipelines.remove(['web']);
  expect(await db.cronRuns.find('web', '0 0 * * *')).toBeUndefined();
});

test('a run joins the transaction around it', async () => {
  await db.pipelines.upsert([samplePipeline('web')]);
  const failing = db.unitOfWork.run(async () => {
    await db.cronRuns.save([run('web', '0 0 * * *')]);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await db.cronRuns.find('web', '0 0 * * *')).toBeUndefined();
});
