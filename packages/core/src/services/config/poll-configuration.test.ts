import { ConfigSyncFixture, teamText } from '@danube/test-support/config-sync-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let world: ConfigSyncFixture;
const never = new AbortController().signal;
beforeEach(async () => {
  world = await ConfigSyncFixture.open();
});
afterEach(() => world.close());

test('polling goes on at its interval, backs off while the repository is away, and stops', async () => {
  const { poll, active } = await world.boot();
  world.repository.commit({ 'teams.yaml': teamText('platform') });
  await poll.start();
  expect(active.applied.commit).toBe(world.repository.head());

  const applied = new Promise<void>((resolve) => active.subscribe(() => resolve()));
  const second = world.repository.commit({ 'teams.yaml': teamText('other') });
  world.clock.advance(59_999);
  expect(active.applied.commit).not.toBe(second);
  world.clock.advance(1);
  await applied;
  expect(active.applied.commit).toBe(second);

  const hidden = world.hideRepository();
  expect((await poll.syncNow(never)).status).toBe('failed');
  expect(world.clock.pending).toBe(1);
  const failed = () => world.metrics.get('danube_cac_sync_total', { status: 'failed' });
  world.clock.advance(119_999);
  expect(world.clock.pending).toBe(1);
  hidden.back();
  expect((await poll.syncNow(never)).status).toBe('unchanged');
  expect(failed()).toBe(1);
  await poll.stop();
  expect(world.clock.pending).toBe(0);
});

test('an unexpected failure ends neither the loop nor the server', async () => {
  const broken = { fetchHead: () => Promise.reject(new TypeError('bug')), readFiles: () => Promise.resolve([]) };
  const { poll } = await world.boot(broken);
  await poll.start();
  expect(world.loggers.messages('error')).toEqual(['config sync broke off']);
  expect(world.clock.pending).toBe(1);
  await poll.stop();
});
