import { expect, onTestFinished, test } from 'vitest';
import { StatusesFixture } from '@danube/test-support/statuses-fixture.js';

async function fixture(timeLimitMs?: number): Promise<StatusesFixture> {
  const created = await StatusesFixture.create(timeLimitMs);
  onTestFinished(() => created.dispose());
  return created;
}

test('a forge is told how a job stands, until the end', async () => {
  const world = await fixture();
  world.start();
  const id = await world.addJob();
  await world.heard(1);
  await world.move(id, 'scheduling');
  await world.move(id, 'running');
  await world.heard(2);
  await world.move(id, 'success');
  await world.settled(id);
  expect(world.forge.accepted.map(({ path, ...body }) => [path, body.state])).toEqual([
    [`/statuses/${world.commit}`, 'pending'],
    [`/statuses/${world.commit}`, 'running'],
    [`/statuses/${world.commit}`, 'success'],
  ]);
  expect(world.forge.accepted[2]).toMatchObject({
    context: 'danube/web',
    description: '#1 succeeded in 0ms',
    targetUrl: `https://ci.example.org/jobs/${id}`,
    ref: 'refs/heads/main',
  });
  expect(await world.report(id)).toEqual({ forge: 'hub', reported: 'success', settled: true, error: undefined });
  expect(world.metrics.get('danube_commit_status_reports_total', { forge: 'hub', status: 'reported' })).toBe(3);
});

test('a slow answer about the beginning never overwrites the end', async () => {
  const world = await fixture();
  world.start();
  const held = world.forge.hold();
  const id = await world.addJob();
  await held.arrived;
  await world.move(id, 'running');
  await world.move(id, 'success');
  expect(world.forge.attempts).toBe(1);
  held.release();
  await world.settled(id);
  expect(world.forge.accepted.map(({ state }) => state)).toEqual(['pending', 'success']);
});

test.each<[string, 'answer500' | 'answer429' | 'never', number]>([
  ['answers 500', 'answer500', 2_000],
  ['limits the rate', 'answer429', 120_000],
  ['never answers', 'never', 2_000],
])('a forge that %s is tried again, and knows the end', async (_case, fault, delay) => {
  const world = await fixture(fault === 'never' ? 200 : undefined);
  world.start();
  world.forge.fail(fault);
  const id = await world.addJob('failure', 'step "test" ended with exit code 1');
  await world.until(() => world.clock.pending === 1);
  expect(await world.report(id)).toMatchObject({ reported: undefined, settled: false });
  expect((await world.report(id))?.error).toMatch(/^the test forge /);
  world.clock.advance(delay / 2);
  expect(world.forge.attempts).toBe(1);
  world.forge.fail(undefined);
  world.clock.advance(delay);
  await world.settled(id);
  expect(world.forge.accepted).toMatchObject([
    { state: 'failure', description: '#1 failed: step "test" ended with exit code 1' },
  ]);
});

test('a forge that hangs does not keep another one waiting', async () => {
  const world = await fixture();
  world.start();
  world.forge.hold();
  for (let count = 0; count < 9; count += 1)
    await world.addJob('success', undefined, { commit: `${count}`.repeat(40) });
  await world.until(() => world.forge.attempts === 4);
  const id = await world.addJob('success', undefined, { forge: 'lab' });
  await world.settled(id);
  expect([world.forge.attempts, world.lab.attempts]).toEqual([4, 1]);
});

test('after a restart the forge is told what the last life did not get through', async () => {
  const world = await fixture();
  world.start();
  const held = world.forge.hold();
  const id = await world.addJob('success');
  await held.arrived;
  await world.stop();
  expect(await world.report(id)).toMatchObject({ reported: undefined, settled: false, error: undefined });
  world.forge.fail(undefined);
  world.start();
  await world.settled(id);
  expect(world.forge.accepted.map(({ state }) => state)).toEqual(['success']);
});

test('a database that takes no write is no reason to forget, and none to hurry', async () => {
  const world = await fixture();
  world.failWrites = true;
  world.start();
  const id = await world.addJob('success');
  await world.until(() => world.clock.pending === 1);
  expect(world.forge.attempts).toBe(1);
  world.failWrites = false;
  world.clock.advance(1_000);
  await world.settled(id);
  expect(world.forge.accepted.map(({ state }) => state)).toEqual(['success', 'success']);
});

test('of two jobs of one commit only the newer is heard', async () => {
  const world = await fixture();
  const older = await world.addJob('failure', 'flaky');
  const newer = await world.addJob('success');
  world.start();
  await world.settled(older);
  await world.settled(newer);
  expect(world.forge.accepted.map(({ state }) => state)).toEqual(['success']);
  expect(await world.report(older)).toMatchObject({
    reported: undefined,
    error: 'a newer job of this commit reports instead',
  });
});
