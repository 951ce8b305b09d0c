import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckoutFixture } from '@danube/test-support/checkout-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KeyedQueue } from './keyed-queue.js';
import { UnusedMirrors } from './unused-mirrors.js';

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
  writeFileSync(join(path, 'objects', 'pack'), 'bytes');
  utimesSync(path, daysAgo(unusedDays), daysAgo(unusedDays));
  return path;
}

const monthAgo = daysAgo(30).getTime();

test('mirrors that nobody used for so long are listed with their size and go, drafts of killed fetches too', async () => {
  const paths = [mirror('a.git', 29), mirror('b.git', 31), mirror('c.git.new-Xy', 31)];
  const mirrors = new UnusedMirrors(folder, new KeyedQueue());
  expect((await mirrors.listUnused(monthAgo)).toSorted()).toEqual(['b.git', 'c.git.new-Xy']);
  expect(await mirrors.measure('b.git')).toMatchObject({ bytes: 5 });
  expect(await mirrors.removeUnused('b.git', monthAgo)).toMatchObject({ bytes: 5 });
  await mirrors.removeUnused('c.git.new-Xy', monthAgo);
  expect(await mirrors.removeUnused('a.git', monthAgo)).toBeUndefined();
  expect(await mirrors.removeUnused('b.git', monthAgo)).toBeUndefined();
  expect(paths.map((path) => existsSync(path))).toEqual([true, false, false]);
});

test('a mirror that is taken into use while its turn is waited for stays', async () => {
  const queue = new KeyedQueue();
  const path = mirror('a.git', 31);
  let finish: () => void = () => undefined;
  const busy = new Promise<void>((resolve) => (finish = resolve));
  void queue.run(path, () => busy);
  const removing = new UnusedMirrors(folder, queue).removeUnused('a.git', monthAgo);
  utimesSync(path, new Date(), new Date());
  finish();
  expect(await removing).toBeUndefined();
  expect(existsSync(path)).toBe(true);
});

test('using a commit keeps its mirror', async () => {
  const world = new CheckoutFixture();
  const commit = world.repository.commit({ 'a.txt': 'a' });
  await world.git.checkout.checkOut(world.request(commit), never);
  const path = world.mirror();
  utimesSync(path, daysAgo(31), daysAgo(31));
  await world.git.checkout.checkOut(world.request(commit), never);
  expect(await world.git.cache.listUnused(monthAgo)).toEqual([]);
  world.remove();
});
