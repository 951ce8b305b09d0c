import { DanubeError } from '@danube/plugin-api';
import { cronTrigger, TriggerFixture } from '@danube/test-support/trigger-fixture.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const minute = 60_000;
const noon = cronTrigger('0 12 * * *');
let fixture: TriggerFixture;
beforeEach(async () => {
  fixture = await TriggerFixture.open('2026-01-06T11:30:20Z');
});
afterEach(() => fixture.close());

const at = (text: string) => fixture.clock.set(Date.parse(`${text}Z`));
const created = async () =>
  (await fixture.jobs()).map(({ createdAt }) => new Date(createdAt).toISOString().slice(0, 16));
const unreachable = new DanubeError('repository_unreachable', 'the repository does not answer', {
  category: 'unavailable',
});

async function started() {
  const schedules = fixture.schedules();
  await schedules.start();
  return schedules;
}

test('a job starts in its minute, once, at the head of the branch, and is counted', async () => {
  await fixture.apply('web', { triggers: [noon, { type: 'manual' }], branch: 'develop' });
  const schedules = await started();
  await schedules.tick();
  expect(await fixture.runs('web')).toEqual(['2026-01-06T11:30 in force, not due yet']);
  at('2026-01-06T11:59:59');
  await schedules.tick();
  expect(await fixture.jobs()).toEqual([]);
  for (const time of ['12:00:00', '12:00:59', '12:01:00', '13:00:00']) {
    at(`2026-01-06T${time}`);
    await Promise.all([schedules.tick(), schedules.tick()]);
  }
  const [job, ...others] = await fixture.jobs();
  expect(others).toEqual([]);
  expect(job).toMatchObject({
    pipelineId: 'web',
    trigger: { type: 'cron', ref: '0 12 * * *', actor: 'cron' },
    source: { ref: 'refs/heads/develop', branch: 'develop' },
    withSecrets: true,
  });
  expect(await fixture.runs('web')).toEqual(['2026-01-06T12:00 started job #1']);
  expect(fixture.metrics.get('danube_cron_triggers_total', { pipeline: 'web' })).toBe(1);
});

test('the clock wakes it at the turn of each minute', async () => {
  await fixture.apply('web', { triggers: [noon] });
  const schedules = await started();
  expect(fixture.clock.pending).toBe(1);
  const ticks: string[] = [];
  schedules.tick = () => {
    ticks.push(new Date(fixture.clock.now()).toISOString().slice(11, 19));
    return Promise.resolve();
  };
  fixture.clock.advance(2 * minute);
  expect(ticks).toEqual(['11:30:20', '11:31:00', '11:32:00']);
  await schedules.stop();
  expect(fixture.clock.pending).toBe(0);
});

test('while the job before has not ended there is no other, unless that is wanted', async () => {
  await fixture.apply('web', { triggers: [noon] });
  await fixture.apply('free', { triggers: [cronTrigger('0 12 * * *', { skipIfRunning: false })] });
  const schedules = await started();
  for (const day of ['06', '07']) {
    at(`2026-01-${day}T12:00:00`);
    await schedules.tick();
  }
  expect(await fixture.runs('web')).toEqual(['2026-01-07T12:00 skipped: job #1 has not ended']);
  expect(await fixture.runs('free')).toEqual(['2026-01-07T12:00 started job #2']);
  const first = (await fixture.jobs()).find(({ pipelineId }) => pipelineId === 'web')!;
  await fixture.database.jobs.changeStatus(first.id, 'pending', 'cancelled', {});
  at('2026-01-08T12:00:00');
  await schedules.tick();
  expect(await fixture.runs('web')).toEqual(['2026-01-08T12:00 started job #2']);
});

test('an unfinished job of the same commit stands for the run', async () => {
  await fixture.apply('free', { triggers: [cronTrigger('0 * * * *', { skipIfRunning: false })] });
  fixture.head = () => 'a'.repeat(40);
  const schedules = await started();
  for (const time of ['12:00:00', '13:00:00']) {
    at(`2026-01-06T${time}`);
    await schedules.tick();
  }
  expect(await fixture.runs('free')).toEqual(['2026-01-06T13:00 skipped: job #1 of the same commit has not ended']);
  expect(fixture.metrics.get('danube_cron_triggers_total', { pipeline: 'free' })).toBe(1);
});

test('what was missed while down is one job, or none where that is wanted', async () => {
  await fixture.apply('one', { triggers: [noon] });
  await fixture.apply('none', { triggers: [cronTrigger('0 12 * * *', { catchUp: 'none' })] });
  await (await started()).stop();
  at('2026-01-09T15:00:00');
  await (await started()).tick();
  expect(await created()).toEqual(['2026-01-09T15:00']);
  expect(await fixture.runs('one')).toEqual(['2026-01-09T12:00 started job #1']);
  expect(await fixture.runs('none')).toEqual([
    '2026-01-09T12:00 missed the run of 2026-01-09T12:00:00.000Z: the server was not running',
  ]);
});

test('a start of the server within a minute and a half is still on time', async () => {
  await fixture.apply('none', { triggers: [cronTrigger('0 12 * * *', { catchUp: 'none' })] });
  await (await started()).stop();
  at('2026-01-06T12:01:25');
  await (await started()).tick();
  expect(await fixture.runs('none')).toEqual(['2026-01-06T12:00 started job #1']);
});

test('an unreachable repository keeps the run due, with the reason, until it answers', async () => {
  const schedule = '0 12 * * *';
  await fixture.apply('web', { triggers: [noon] });
  await fixture.apply('none', { triggers: [cronTrigger(schedule, { catchUp: 'none' })] });
  const schedules = await started();
  fixture.head = () => unreachable;
  at('2026-01-06T12:00:00');
  await schedules.tick();
  at('2026-01-06T12:01:00');
  await schedules.tick();
  const due = 'due since 2026-01-06T12:00:00.000Z, tried again each minute: the repository does not answer';
  expect(await fixture.runs('web')).toEqual([`2026-01-06T11:30 ${due}`]);
  at('2026-01-06T12:02:00');
  await schedules.tick();
  const missed = 'missed the run of 2026-01-06T12:00:00.000Z: the repository does not answer';
  expect(await fixture.runs('none')).toEqual([`2026-01-06T12:00 ${missed}`]);
  fixture.head = () => fixture.newCommit();
  at('2026-01-06T12:03:00');
  await schedules.tick();
  expect(await fixture.runs('web')).toEqual(['2026-01-06T12:00 started job #1']);
  expect(await created()).toEqual(['2026-01-06T12:03']);
});

test('a repository that hangs does not keep others waiting, and its run is not begun twice', async () => {
  await fixture.apply('slow', { triggers: [cronTrigger('* * * * *')] });
  await fixture.apply('web', { triggers: [cronTrigger('* * * * *', { skipIfRunning: false })] });
  const schedules = await started();
  let answer: (commit: string) => void = () => undefined;
  let tell: () => void = () => undefined;
  const wasAsked = new Promise<void>((resolve) => (tell = resolve));
  let asked = 0;
  fixture.head = (repository) => {
    if (!repository.includes('slow')) return fixture.newCommit();
    asked += 1;
    tell();
    return new Promise((resolve) => (answer = resolve));
  };
  at('2026-01-06T11:31:00');
  const first = schedules.tick();
  await wasAsked;
  at('2026-01-06T11:32:00');
  // the run of a minute ago may still be on its way; until it has arrived the next one waits
  await vi.waitFor(async () => {
    await schedules.tick();
    expect(await fixture.runs('web')).toEqual(['2026-01-06T11:32 started job #2']);
  });
  expect(asked).toBe(1);
  answer(fixture.newCommit());
  await first;
  expect(await fixture.runs('slow')).toEqual(['2026-01-06T11:31 started job #1']);
});

test('neither a new pipeline nor a changed or returning schedule makes up for the past', async () => {
  const schedules = await started();
  at('2026-01-06T14:00:30');
  await fixture.apply('web', { triggers: [noon] });
  await schedules.tick();
  await fixture.apply('web', { triggers: [cronTrigger('0 13 * * *')] });
  await schedules.tick();
  at('2026-01-10T16:00:00');
  await fixture.apply('web', { triggers: [noon] });
  await schedules.tick();
  expect(await fixture.jobs()).toEqual([]);
  expect(await fixture.runs('web')).toEqual(['2026-01-10T16:00 in force, not due yet']);
});

test('a schedule that comes into force just before it is due runs', async () => {
  const schedules = await started();
  at('2026-01-06T11:59:59');
  await fixture.apply('web', { triggers: [noon] });
  at('2026-01-06T12:00:00');
  await schedules.tick();
  expect(await created()).toEqual(['2026-01-06T12:00']);
});

test('a removed pipeline runs no more', async () => {
  await fixture.apply('web', { triggers: [noon] });
  const schedules = await started();
  await fixture.database.pipelines.remove(['web']);
  at('2026-01-06T12:00:00');
  await schedules.tick();
  fixture.announce();
  await schedules.tick();
  expect(await fixture.jobs()).toEqual([]);
});

test('a clock that is set back runs nothing twice, and one that was years ahead does not stop schedules', async () => {
  const free = cronTrigger('0 * * * *', { skipIfRunning: false });
  await fixture.apply('web', { triggers: [free] });
  const schedules = await started();
  at('2026-01-06T12:00:00');
  await schedules.tick();
  at('2026-01-06T11:10:00');
  await schedules.tick();
  at('2026-01-06T12:00:00');
  await schedules.tick();
  expect(await created()).toEqual(['2026-01-06T12:00']);
  at('2031-05-05T05:05:00');
  await schedules.tick();
  for (const time of ['12:10', '13:00', '13:01', '14:00']) {
    at(`2026-01-06T${time}:00`);
    await schedules.tick();
  }
  expect((await created()).toSorted()).toEqual([
    '2026-01-06T12:00',
    '2026-01-06T13:00',
    '2026-01-06T14:00',
    '2031-05-05T05:05',
  ]);
});

test('a database that fails once costs a minute and no run', async () => {
  await fixture.apply('web', { triggers: [noon] });
  vi.spyOn(fixture.database.jobs, 'create').mockRejectedValueOnce(new Error('disk full'));
  const schedules = await started();
  at('2026-01-06T12:00:00');
  await schedules.tick();
  expect(await fixture.runs('web')).toEqual(['2026-01-06T11:30 in force, not due yet']);
  at('2026-01-06T12:01:00');
  await schedules.tick();
  expect(await fixture.runs('web')).toEqual(['2026-01-06T12:00 started job #1']);
});

test('a job without the record of its run is never there', async () => {
  await fixture.apply('web', { triggers: [noon] });
  const schedules = await started();
  vi.spyOn(fixture.database.cronRuns, 'save').mockRejectedValueOnce(new Error('killed'));
  at('2026-01-06T12:00:00');
  await schedules.tick();
  expect(await fixture.jobs()).toEqual([]);
  await schedules.stop();
  await (await started()).tick();
  expect(await fixture.runs('web')).toEqual(['2026-01-06T12:00 started job #1']);
  await fixture.schedules().tick();
  expect(await fixture.jobs()).toHaveLength(1);
});
