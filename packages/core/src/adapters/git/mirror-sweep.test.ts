import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckoutFixture } from '@danube/test-support/checkout-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KeyedQueue } from './keyed-queue.js';
import { MirrorSweep } from './mirror-sweep.js';

const never = new AbortController().signal;
const daysAgo = (days: number): Date => new Date(Date.now() - days * 24 * 3_600_000);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-sweep-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function mirror(name: string, unusedDays: number): string {
  const path = join(folder, name);
  mkdirSync(join(path, 'objects'), { recursive: true });
  utimesSync(path, daysAgo(unusedDays), daysAgo(unusedDays));
  return path;
}

test('what nobody used in a month goes, drafts of killed fetches too', async () => {
  const [used, unused, draft] = [mirror('a.git', 29), mirror('b.git', 31), mirror('c.git.new-Xy', 31)];
  await new MirrorSweep(folder, new KeyedQueue()).run();
  expect([used, unused, draft].map((path) => existsSync(path))).toEqual([true, false, false]);
});

test('a mirror that is taken into use while its turn is waited for stays', async () => {
  const queue = new KeyedQueue();
  const path = mirror('a.git', 31);
  let finish: () => void = () => undefined;
  void queue.run(path, () => new Promise<void>((resolve) => (finish = resolve)));
  const sweeping = new MirrorSweep(folder, queue).run();
  utimesSync(path, new Date(), new Date());
  finish();
  await sweeping;
  expect(existsSync(path)).toBe(true);
});

test('using a commit keeps its mirror', async () => {
  const world = new CheckoutFixture();
  const commit = world.repository.commit({ 'a.txt': 'a' });
  await world.git.checkout.checkOut(world.request(commit), never);
  const path = world.mirror();
  utimesSync(path, daysAgo(31), daysAgo(31));
  await world.git.checkout.checkOut(world.request(commit), never);
  await new MirrorSweep(join(world.folder, 'cache/repositories'), new KeyedQueue()).run();
  expect(existsSync(path)).toBe(true);
  world.remove();
});
