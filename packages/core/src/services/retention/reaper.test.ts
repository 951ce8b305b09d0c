import { existsSync } from 'node:fs';
import { RetentionFixture } from '@danube/test-support/retention-fixture.js';
import { sampleDelivery, sampleDeliveryEnd } from '@danube/test-support/database-samples.js';
import { readText } from '@danube/test-support/log-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ActiveJob } from '../jobs/active-job.js';
import { Tokens } from '../tokens.js';

let fixture: RetentionFixture;
beforeEach(async () => {
  fixture = await RetentionFixture.start();
});
afterEach(() => fixture.stop());

const run = (dryRun = false) => fixture.reaper.execute({ dryRun, lowDisk: false });
const counts = (report: Awaited<ReturnType<typeof run>>) =>
  Object.fromEntries(report.parts.map(({ kind, count }) => [kind, count]));
const nothing = { logs: 0, artifacts: 0, deliveries: 0, jobs: 0, cache: 0 };

test('each kind goes when it was kept for its own time, and the record of a job stays longer', async () => {
  fixture.configure({ logsDays: 10, artifactsDays: 20, jobsDays: 40, cacheDays: 5 });
  const job = await fixture.addJob(9.9);
  const artifact = await fixture.addArtifact(job);
  expect(counts(await run())).toEqual(nothing);

  fixture.clock.advance(0.2 * 86_400_000);
  const bytes = await fixture.logs.store.storedBytes(job);
  expect(bytes).toBeGreaterThan(100);
  const report = await run();
  expect(report.parts[0]).toEqual({ kind: 'logs', count: 1, bytes, oldest: fixture.daysAgo(10.1), failure: undefined });
  expect(fixture.metrics.get('danube_reaper_deleted_bytes_total', { kind: 'logs' })).toBe(bytes);
  expect(await fixture.logs.store.size(job)).toBeUndefined();
  expect(await fixture.database.jobs.findById(job)).toMatchObject({ logRemovedAt: fixture.clock.now() });
  expect(await fixture.objectKeys()).toEqual([artifact.place.key]);

  fixture.clock.advance(10 * 86_400_000);
  expect(counts(await run())).toEqual({ ...nothing, artifacts: 1 });
  expect(await fixture.objectKeys()).toEqual([]);
  expect(await fixture.database.artifacts.listByJob(job)).toEqual([]);
  expect(await fixture.database.artifacts.listLoose()).toEqual([]);
  expect(fixture.metrics.get('danube_reaper_deleted_bytes_total', { kind: 'artifacts' })).toBe(1000);

  fixture.clock.advance(20 * 86_400_000);
  expect(counts(await run())).toEqual({ ...nothing, jobs: 1 });
  expect(await fixture.database.jobs.findById(job)).toBeUndefined();
  expect(await fixture.database.steps.listByJob(job)).toEqual([]);
  expect(counts(await run())).toEqual(nothing);
});

test('a dry run says what a run removes, and removes nothing', async () => {
  fixture.configure({ jobsDays: 1 });
  const job = await fixture.addJob(31);
  await fixture.addArtifact(job);
  await fixture.addArtifact(job, 'docs');
  const cached = await fixture.addCached('a.git', 31);
  await fixture.database.deliveries.storeOnce([sampleDelivery('d1'), sampleDelivery('d2')]);
  await fixture.database.deliveries.finish([sampleDeliveryEnd('d1', { processedAt: fixture.daysAgo(31) })]);

  const planned = await run(true);
  expect(planned).toMatchObject({ dryRun: true });
  expect(counts(planned)).toEqual({ logs: 1, artifacts: 2, deliveries: 1, jobs: 1, cache: 1 });
  expect(await readText(fixture.logs.store, job)).toContain('this is the log');
  expect(await fixture.objectKeys()).toHaveLength(2);
  expect(existsSync(cached)).toBe(true);
  expect(await fixture.database.deliveries.findById('d1')).toBeDefined();
  expect(await fixture.database.jobs.findById(job)).toMatchObject({ logRemovedAt: undefined });
  expect(fixture.metrics.values.size).toBeLessThan(5);

  expect((await run()).parts).toEqual(planned.parts);
  expect(existsSync(cached)).toBe(false);
  expect(counts(await run(true))).toEqual(nothing);
});

test('a job that has not ended, or that somebody still works on, is left alone whatever its age', async () => {
  fixture.configure({ jobsDays: 1 });
  const running = await fixture.addJob(400, 'running');
  const settling = await fixture.addJob(400);
  const leftOver = await fixture.addJob(400);
  for (const job of [running, settling, leftOver]) await fixture.addArtifact(job);
  const job = await fixture.database.jobs.findById(settling);
  fixture.container.resolve(Tokens.ActiveJobs).add(new ActiveJob(job!, undefined, {} as never));
  fixture.unsettled = [leftOver];
  expect(counts(await run(true))).toEqual(nothing);
  expect(counts(await run())).toEqual(nothing);
  expect(await fixture.objectKeys()).toHaveLength(3);
  for (const id of [running, settling, leftOver]) {
    expect(await readText(fixture.logs.store, id)).toContain(id);
    expect(await fixture.database.jobs.findById(id)).toMatchObject({ logRemovedAt: undefined });
  }

  fixture.container.resolve(Tokens.ActiveJobs).remove(settling);
  fixture.unsettled = [];
  expect(counts(await run())).toMatchObject({ logs: 2, artifacts: 2, jobs: 2 });
});

test('a repository that an unfinished job may borrow from stays, also when room is needed', async () => {
  await fixture.addCached('long-ago.git', 100);
  await fixture.addCached('while-it-runs.git', 60);
  await fixture.addCached('lately.git', 2);
  const job = await fixture.addJob(90, 'running');
  const low = { dryRun: false, lowDisk: true };
  expect(counts(await fixture.reaper.execute(low))).toMatchObject({ cache: 1 });
  await fixture.database.jobs.changeStatus(job, 'running', 'success', { finishedAt: fixture.clock.now() });
  expect(counts(await run())).toMatchObject({ cache: 1 });
  expect(counts(await fixture.reaper.execute(low))).toMatchObject({ cache: 1 });
});

test('more than one piece goes in one run', async () => {
  for (let index = 0; index < 110; index += 1) await fixture.addArtifact(await fixture.addJob(400));
  fixture.configure({ jobsDays: 1 });
  expect(counts(await run())).toMatchObject({ logs: 110, artifacts: 110, jobs: 110 });
  expect(await fixture.logs.store.listJobs()).toEqual([]);
  expect(await fixture.objectKeys()).toEqual([]);
});

test('a kind that fails says why and keeps neither the others nor the next run', async () => {
  fixture.configure({ jobsDays: 1 });
  await fixture.addArtifact(await fixture.addJob(40));
  await fixture.addCached('a.git', 40);
  fixture.unsettled = new Error('the cluster is away');
  const report = await run();
  expect(counts(report)).toEqual({ ...nothing, cache: 1 });
  expect(report.parts.map(({ failure }) => failure)).toEqual([
    'the cluster is away',
    'the cluster is away',
    undefined,
    'the cluster is away',
    undefined,
  ]);
  fixture.unsettled = [];
  expect(counts(await run())).toMatchObject({ logs: 1, artifacts: 1 });
});

test('runs take turns, and after a stop nothing begins', async () => {
  for (let index = 0; index < 5; index += 1) await fixture.addJob(40);
  const reports = await Promise.all([run(), run(true), run()]);
  expect(reports.map((report) => counts(report)['logs'])).toEqual([5, 0, 0]);
  await fixture.addJob(40);
  await fixture.reaper.stop();
  expect((await run()).parts.every(({ failure }) => failure === 'the server is stopping')).toBe(true);
  expect(await fixture.logs.store.listJobs()).toHaveLength(1);
});
