import { RetentionFixture } from '@danube/test-support/retention-fixture.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Tokens } from '../tokens.js';

let fixture: RetentionFixture;
const gib = 1024 ** 3;
const hourMs = 3_600_000;
const minuteMs = 60_000;

beforeEach(async () => {
  fixture = await RetentionFixture.start();
});
afterEach(() => fixture.stop());

const logCount = async () => (await fixture.logs.store.listJobs()).length;
const until = (condition: () => Promise<boolean> | boolean) =>
  vi.waitUntil(condition, { timeout: 30_000, interval: 5 });
/** The next look at the disk waits for the end of the one before. */
async function look(): Promise<void> {
  const pending = fixture.clock.pending;
  fixture.clock.advance(minuteMs);
  await until(() => fixture.clock.pending === pending);
}
const runs = () => fixture.loggers.messages('debug').length + fixture.loggers.messages('info').length;

test('it runs at the start and as often as the configuration says', async () => {
  fixture.configure({ intervalHours: 3 });
  await fixture.addJob(40);
  fixture.container.resolve(Tokens.ReaperSchedule).start();
  await until(async () => (await logCount()) === 0);
  await fixture.addJob(40);
  fixture.clock.advance(3 * hourMs - 1);
  expect(await logCount()).toBe(1);
  fixture.clock.advance(1);
  await until(async () => (await logCount()) === 0);
});

test('it runs at once when the disk gets full, once each time, and frees the caches that nobody uses', async () => {
  fixture.configure({ minFreeBytes: gib, intervalHours: 24 });
  await fixture.addCached('a.git', 2);
  fixture.container.resolve(Tokens.ReaperSchedule).start();
  await until(() => runs() === 1);
  await look();
  expect(runs()).toBe(1);

  fixture.freeBytes = gib - 1;
  await look();
  await until(() => runs() === 2);
  expect(fixture.loggers.messages('warn')).toEqual([
    'little room is left for the data directory; the reaper runs at once',
  ]);
  expect(fixture.metrics.get('danube_reaper_deleted_bytes_total', { kind: 'cache' })).toBe(5);
  await look();
  expect(runs()).toBe(2);

  fixture.freeBytes = gib;
  await look();
  fixture.freeBytes = 0;
  await look();
  await until(() => runs() === 3);
});

test('a disk that cannot be looked at is looked at again', async () => {
  fixture.configure({ minFreeBytes: gib });
  fixture.freeBytes = new Error('no such folder');
  fixture.container.resolve(Tokens.ReaperSchedule).start();
  await until(() => runs() === 1);
  await look();
  expect(fixture.loggers.messages('error')).toEqual([
    'could not find out how much room is left for the data directory',
  ]);
  fixture.freeBytes = 0;
  await look();
  await until(() => runs() === 2);
});

test('after a stop nothing is outstanding', async () => {
  const schedule = fixture.container.resolve(Tokens.ReaperSchedule);
  schedule.start();
  await schedule.stop();
  expect(fixture.clock.pending).toBe(0);
});
