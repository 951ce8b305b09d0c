import { StatusesFixture } from '@danube/test-support/statuses-fixture.js';
import type { Forge } from '@danube/plugin-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings } from '../../domain/config/default-settings.js';

let world: StatusesFixture;
beforeEach(async () => {
  world = await StatusesFixture.create();
});
afterEach(() => world.dispose());

/** Another set of forges comes into force. */
function change(hub: Partial<Forge> | undefined): void {
  const { current } = world.extensions;
  const others = current.forges.filter(({ name }) => name !== 'hub');
  const [old] = current.forges.filter(({ name }) => name === 'hub');
  const changed = hub && old ? [{ ...old, forge: { ...old.forge, ...hub } }] : [];
  world.extensions.current = { ...current, forges: [...others, ...changed] };
}

test.each<[string, () => void]>([
  ['no forge is called "hub" any more', () => change(undefined)],
  ['forge "hub" takes no commit statuses any more', () => change({ statuses: undefined as never })],
  ['forge "hub" does not serve this repository any more', () => change({ servesRepository: () => false })],
])('%s: nothing is sent, and the job says so', async (error, alter) => {
  alter();
  const id = await world.addJob('running');
  world.start();
  await world.settled(id);
  expect(await world.report(id)).toEqual({ forge: 'hub', reported: undefined, settled: true, error });
  expect(world.forge.attempts).toBe(0);
  expect(world.metrics.get('danube_commit_status_reports_total', { forge: 'hub', status: 'unwanted' })).toBe(1);
});

test('a forge whose plugin is not loaded is waited for', async () => {
  const { forges } = world.extensions.current;
  const entry = { type: 'test', name: 'hub', config: {}, webhookSecret: undefined };
  const integrations = { ...defaultSettings.integrations, forges: [entry] };
  world.configuration.replace({ commit: 'c', settings: { ...defaultSettings, integrations }, appliedAt: 1 });
  change(undefined);
  const id = await world.addJob('success');
  world.start();
  await world.until(() => world.clock.pending === 1);
  expect((await world.report(id))?.error).toMatch(/^the plugin of forge "hub" is not loaded/);
  world.extensions.current = { ...world.extensions.current, forges };
  world.clock.advance(2_000);
  await world.settled(id);
  expect(world.forge.accepted).toMatchObject([{ state: 'success' }]);
});

test('a plugin that breaks is an attempt that failed', async () => {
  change({
    servesRepository: () => {
      throw new TypeError('broken');
    },
  });
  const id = await world.addJob('success');
  world.start();
  await world.until(() => world.clock.pending === 1);
  expect(await world.report(id)).toMatchObject({ settled: false, error: 'broken' });
});

test('an end that the forge refuses gets through once the credential is repaired, and the administrator is told', async () => {
  world.forge.fail('answer403');
  const id = await world.addJob('success');
  world.start();
  await world.until(() => world.clock.pending === 1);
  expect(await world.report(id)).toMatchObject({ settled: false, error: expect.stringMatching(/403/) as string });
  expect(world.loggers.messages('error')).toHaveLength(1);
  expect(world.metrics.get('danube_commit_status_reports_total', { forge: 'hub', status: 'refused' })).toBe(1);
  world.forge.fail(undefined);
  world.clock.advance(2_000);
  await world.settled(id);
  expect(await world.report(id)).toMatchObject({ reported: 'success', error: undefined });
});

test('an end that the forge cannot take is given up, is told to the administrator, and shown', async () => {
  world.forge.fail('answer422');
  const id = await world.addJob('success');
  world.start();
  await world.settled(id);
  expect((await world.report(id))?.error).toMatch(/^the test forge/);
  expect(world.loggers.messages('error')).toEqual(['gave up reporting a commit status']);
  expect(world.forge.attempts).toBe(1);
});

test('a server that was away for days still tells the end, but not again and again', async () => {
  world.forge.fail('answer500');
  const ids = [await world.addJob('success'), await world.addJob('failure', undefined, { forge: 'lab' })];
  world.clock.advance(49 * 3_600_000);
  world.start();
  for (const id of ids) await world.settled(id);
  expect(await Promise.all(ids.map((id) => world.report(id)))).toMatchObject([
    { reported: undefined, settled: true, error: expect.stringMatching(/^the test forge/) as string },
    { reported: 'failure', settled: true, error: undefined },
  ]);
  expect(world.forge.attempts).toBe(1);
});
