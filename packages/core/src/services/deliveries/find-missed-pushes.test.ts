import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PushEvent } from '@danube/plugin-api';
import { DeliveryFixture } from '@danube/test-support/delivery-fixture.js';
import { testCommit, testEvent, testPush } from '@danube/test-support/test-forge.js';
import { Tokens } from '../tokens.js';

let fixture: DeliveryFixture;
let history: PushEvent[];
let asked: { url: string; since: number }[];
beforeEach(async () => {
  fixture = await DeliveryFixture.start();
  await fixture.addPipeline('web');
  [history, asked] = [[], []];
  remember(() => Promise.resolve(history));
});
afterEach(() => fixture.stop());

function remember(recentPushes: () => Promise<readonly PushEvent[]>): void {
  const facet = {
    recentPushes: ({ url }: { readonly url: string }, since: number) => {
      asked.push({ url, since });
      return recentPushes();
    },
  };
  fixture.forges = [fixture.forge('test', { webhookSecret: 'hook' }, { history: facet })];
}

const push = (n: number, ref = 'refs/heads/main') => testPush({ commit: testCommit(n), ref });
const search = (last: ReadonlyMap<string, number> = new Map([['test', 1_000_000]])) =>
  fixture.container.resolve(Tokens.FindMissedPushes).execute(last, new AbortController().signal);

test('pushes that no delivery and no job knows start their jobs, oldest first, once', async () => {
  await fixture.receive(testEvent({ commit: testCommit(1) }));
  await fixture.work();
  history = [push(1), push(2), push(3), push(4, 'refs/tags/v1')];
  await search();
  await fixture.work();
  const jobs = await fixture.jobs();
  expect(jobs.filter((job) => job !== 'web 4')).toEqual(['web 1', 'web 2', 'web 3']);
  expect(jobs).toHaveLength(4);
  await search();
  await fixture.work();
  expect(await fixture.jobs()).toHaveLength(4);
  const { items } = await fixture.database.deliveries.list({}, { limit: 10 });
  expect(items.map(({ source }) => source)).toEqual(['history', 'history', 'history', 'webhook']);
  expect(items[0]?.outcome).toMatchObject({
    event: 'push',
    verified: true,
    matched: true,
    reason: 'push to refs/tags/v1, of which no webhook had come',
  });
  expect(fixture.loggers.messages('warn')).toContain('found pushes of which no webhook had come');
});

test('a push before a known one of its ref is left: its branch has moved on', async () => {
  await fixture.receive(testEvent({ commit: testCommit(2) }));
  await fixture.work();
  history = [push(1), push(2), push(3)];
  await search();
  await fixture.work();
  expect(await fixture.jobs()).toEqual(['web 2', 'web 3']);
});

test('a push found in the history can be replayed', async () => {
  history = [push(1)];
  await search();
  await fixture.work();
  const [{ id } = { id: '' }] = (await fixture.database.deliveries.list({}, { limit: 1 })).items;
  const again = await fixture.container.resolve(Tokens.ReplayDelivery).execute(id);
  await fixture.work();
  expect((await fixture.verdicts(again))[0]).toMatch(/^web duplicate/);
});

test('each repository is asked once, from a little before the last webhook on', async () => {
  await fixture.addPipeline('api');
  await fixture.addPipeline('foreign', { repository: 'https://elsewhere.example/a/b' });
  await search();
  expect(asked).toEqual([{ url: 'https://git.example.org/octo/hello.git', since: 700_000 }]);
});

test('a forge that never sent anything is not asked', async () => {
  await search(new Map());
  expect(asked).toEqual([]);
});

test('a forge that does not answer is a warning', async () => {
  remember(() => Promise.reject(new Error('503')));
  await search();
  expect(fixture.loggers.messages('warn')).toEqual(['could not ask a forge for missed pushes']);
});
