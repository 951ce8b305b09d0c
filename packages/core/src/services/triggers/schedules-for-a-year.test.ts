import { cronTrigger, TriggerFixture } from '@danube/test-support/trigger-fixture.js';
import { Cron } from 'croner';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const minute = 60_000;
// from before new year 2028, a leap year, to after new year 2029
const start = Date.parse('2027-12-31T23:50:30Z');
const end = Date.parse('2029-01-01T00:10:00Z');

let fixture: TriggerFixture;
beforeEach(async () => {
  fixture = await TriggerFixture.open(new Date(start).toISOString());
});
afterEach(() => fixture.close());

/** Repeatable noise. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const expected: Readonly<Record<string, number>> = {
  '0 3 * * *': 366,
  '30 6 * * 1-5': 260,
  '0 0 29 2 *': 1,
  '15 12 31 * *': 7,
  '0 0 1 jan *': 2,
  '0 */6 1 * *': 48 + 1,
  '59 23 31 12 *': 2,
};

test('every minute of a leap year, with restarts in between: each run once and none beside', async () => {
  const triggers = Object.keys(expected).map((schedule) => cronTrigger(schedule, { skipIfRunning: false }));
  await fixture.apply('web', { triggers });
  const next = random(42);
  let schedules = fixture.schedules();
  await schedules.start();
  for (let now = start; now <= end; now += minute) {
    fixture.clock.set(now);
    await schedules.tick();
    if (next() > 0.0005) continue;
    await schedules.stop();
    schedules = fixture.schedules();
    await schedules.start();
  }
  await schedules.stop();
  const found: Record<string, number> = {};
  const rows: { ref: string; count: number; distinct_minutes: number }[] = await fixture.database.database.read.query(
    `SELECT trigger_ref AS ref, count(*) AS count, count(DISTINCT created_at / 60000) AS distinct_minutes
     FROM jobs GROUP BY trigger_ref`,
  );
  for (const { ref, count, distinct_minutes } of rows) {
    expect(distinct_minutes).toBe(count);
    found[ref] = count;
  }
  expect(found).toEqual(expected);
}, 300_000);

test('thousands of pipelines cost a quiet minute next to nothing', async () => {
  const count = 10_000;
  const { samplePipeline } = await import('@danube/test-support/database-samples.js');
  const pipelines = Array.from({ length: count }, (_none, index) =>
    samplePipeline(`p${index}`, { triggers: [cronTrigger(`${index % 60} ${index % 24} 1 6 *`)] }),
  );
  await fixture.database.pipelines.upsert(pipelines);
  const schedules = fixture.schedules();
  await schedules.start();
  await schedules.tick();
  let statements = 0;
  const { cronRuns } = fixture.database;
  const list = cronRuns.listScheduled.bind(cronRuns);
  cronRuns.listScheduled = () => {
    statements += 1;
    return list();
  };
  for (let now = start; now < start + 60 * minute; now += minute) {
    fixture.clock.set(now);
    await schedules.tick();
  }
  expect(statements).toBe(0);
  expect(await fixture.jobs()).toEqual([]);
  await schedules.stop();
});

/** How many turns of the event loop a work had, and how many times of schedules were found out in one turn at most. */
async function countTurns(work: () => Promise<void>): Promise<{ turns: number; mostInOneTurn: number }> {
  const spies = [vi.spyOn(Cron.prototype, 'nextRun'), vi.spyOn(Cron.prototype, 'previousRuns')];
  let [turns, before, mostInOneTurn, done] = [0, 0, 0, false];
  const turn = (): void => {
    const found = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    mostInOneTurn = Math.max(mostInOneTurn, found - before);
    [turns, before] = [turns + 1, found];
    if (!done) setImmediate(turn);
  };
  turn();
  await work();
  done = true;
  turn();
  vi.restoreAllMocks();
  return { turns, mostInOneTurn };
}

test('the first look at thousands of schedules lets everything else have its turn after every few', async () => {
  const { samplePipeline } = await import('@danube/test-support/database-samples.js');
  const schedules = Array.from({ length: 1440 }, (_none, index) => `${index % 60} ${Math.floor(index / 60)} * * *`);
  await fixture.database.pipelines.upsert(
    schedules.map((schedule, index) => samplePipeline(`p${index}`, { triggers: [cronTrigger(schedule)] })),
  );
  const running = fixture.schedules();
  const reading = await countTurns(() => running.start());
  expect(reading.turns).toBeGreaterThan(100);
  const looking = await countTurns(() => running.tick());
  expect(looking.turns).toBeGreaterThan(100);
  expect(looking.mostInOneTurn).toBeGreaterThan(1);
  expect(looking.mostInOneTurn).toBeLessThan(40);
  const again = await countTurns(() => running.tick());
  expect(again).toMatchObject({ mostInOneTurn: 0 });
  await running.stop();
});
