import { cronTrigger, TriggerFixture } from '@danube/test-support/trigger-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DescribeTriggers } from './describe-triggers.js';

let fixture: TriggerFixture;
beforeEach(async () => {
  fixture = await TriggerFixture.open('2028-02-28T23:50:00Z');
});
afterEach(() => fixture.close());

const clock = (text: string) => fixture.clock.set(Date.parse(text));

async function schedules() {
  const { pipelineFiles, cronRuns, pipelines } = fixture.database;
  const describe = new DescribeTriggers(pipelineFiles, cronRuns, { failure: () => undefined }, fixture.clock);
  const found = (await describe.execute([(await pipelines.findById('web'))!])).get('web')?.schedules ?? [];
  return found.map(({ schedule, nextRuns, lastRun }) => ({
    schedule,
    next: nextRuns.map((time) => new Date(time).toISOString().slice(0, 16)),
    last: lastRun?.lastOutcome,
  }));
}

test('says when each schedule is due next and what came of the last time, each schedule once', async () => {
  await fixture.apply('web', {
    triggers: [cronTrigger('0 0 29 2 *'), cronTrigger('0 */2 * * *'), cronTrigger('0 0 29 2 *')],
  });
  const leapDays = ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00'];
  const hours = ['2028-02-29T00:00', '2028-02-29T02:00', '2028-02-29T04:00'];
  expect(await schedules()).toEqual([
    { schedule: '0 0 29 2 *', next: leapDays, last: undefined },
    { schedule: '0 */2 * * *', next: hours, last: undefined },
  ]);
  const running = fixture.schedules();
  await running.start();
  expect(await schedules()).toMatchObject([{ last: 'in force, not due yet' }, { last: 'in force, not due yet' }]);
  await running.stop();
});

test('what a clock that was set back has before it again is not due again', async () => {
  await fixture.apply('web', { triggers: [cronTrigger('0 * * * *')] });
  const running = fixture.schedules();
  await running.start();
  clock('2028-02-29T02:00:10Z');
  await running.tick();
  clock('2028-02-29T00:30:00Z');
  expect(await schedules()).toMatchObject([
    { next: ['2028-02-29T03:00', '2028-02-29T04:00', '2028-02-29T05:00'], last: 'started job #1' },
  ]);
  clock('2028-02-20T00:30:00Z');
  expect(await schedules()).toMatchObject([{ next: ['2028-02-20T01:00', '2028-02-20T02:00', '2028-02-20T03:00'] }]);
  await running.stop();
});
