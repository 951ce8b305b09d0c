import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DanubeError } from '@danube/plugin-api';
import { DeliveryFixture, startDecision } from '@danube/test-support/delivery-fixture.js';
import { testCommit, testEvent } from '@danube/test-support/test-forge.js';
import { Tokens } from '../tokens.js';

let fixture: DeliveryFixture;
beforeEach(async () => {
  fixture = await DeliveryFixture.start();
  await fixture.addPipeline('web');
});
afterEach(() => fixture.stop());

const push = (n: number, changes = {}) => testEvent({ commit: testCommit(n), ...changes });
const unreachable = () => new DanubeError('repository_unreachable', 'no route', { category: 'unavailable' });

test('what was stored before the worker began is worked on in the order in which it came', async () => {
  for (const n of [1, 2, 3]) await fixture.receive(push(n));
  expect(await fixture.jobs()).toEqual([]);
  await fixture.work();
  expect(await fixture.jobs()).toEqual(['web 1', 'web 2', 'web 3']);
});

test('the same commit again, while its job has not ended, names that job', async () => {
  await fixture.receive(push(1));
  const again = await fixture.receive(push(1, { actor: 'somebody else' }));
  await fixture.work();
  const [job] = (await fixture.database.jobs.list({}, { limit: 10 })).items;
  expect(await fixture.verdicts(again)).toEqual([`web duplicate: duplicate of job ${job?.id} (#1)`]);
  expect((await fixture.database.deliveries.listVerdicts(again))[0]?.jobId).toBe(job?.id);
  expect(await fixture.jobs()).toEqual(['web 1']);
});

test('a newer push replaces the job of an older one only after that was worked on', async () => {
  await fixture.addPipeline('web', { concurrency: 'replace' });
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  fixture.decide = async (pipeline, event) => {
    if (event.commit === testCommit(1)) await gate;
    return startDecision(pipeline, event);
  };
  await fixture.receive(push(1));
  await fixture.receive(push(2));
  const other = await fixture.receive(push(3, { ref: 'refs/heads/other' }));
  fixture.container.resolve(Tokens.ProcessDeliveries).open();
  await fixture.settled(async () => (await fixture.delivery(other)).status === 'processed');
  expect(await fixture.jobs()).toEqual(['web 3']);
  open();
  await fixture.work();
  expect(await fixture.jobs()).toEqual(['web 3', 'web 1', 'web 2']);
  const first = (await fixture.database.jobs.list({}, { limit: 10 })).items.find(
    ({ source }) => source.commit === testCommit(1),
  );
  expect(fixture.cancelled).toEqual([first?.id]);
});

test('a pipeline that is skipped or refused does not keep the others', async () => {
  await fixture.addPipeline('docs');
  await fixture.addPipeline('gone');
  fixture.decide = (pipeline, event) => {
    if (pipeline.id === 'docs') return Promise.resolve({ kind: 'skip', reason: 'no path matches' });
    if (pipeline.id === 'gone')
      return Promise.reject(new DanubeError('commit_not_found', 'there is no such commit', { category: 'not_found' }));
    return Promise.resolve(startDecision(pipeline, event));
  };
  const id = await fixture.receive(push(1));
  await fixture.work();
  expect(await fixture.verdicts(id)).toEqual([
    'docs skipped: no path matches',
    'gone rejected: there is no such commit',
    'web triggered: branch "main" matches ["main"]',
  ]);
});

describe('what may pass', () => {
  test('is tried again later, and the attempts survive a restart', async () => {
    let calls = 0;
    fixture.decide = (pipeline, event) => {
      calls += 1;
      return calls <= 2 ? Promise.reject(unreachable()) : Promise.resolve(startDecision(pipeline, event));
    };
    const id = await fixture.receive(push(1));
    const work = fixture.work();
    await fixture.settled(async () => (await fixture.delivery(id)).attempts === 1);
    const nextAttemptAt = fixture.clock.now() + 2_000;
    expect(await fixture.delivery(id)).toMatchObject({ nextAttemptAt, waitReason: 'no route' });
    await fixture.settled(() => Promise.resolve(fixture.clock.pending === 1));
    fixture.clock.advance(2_000);
    await fixture.settled(async () => (await fixture.delivery(id)).attempts === 2);
    await fixture.settled(() => Promise.resolve(fixture.clock.pending === 1));
    fixture.clock.advance(10_000);
    await work;
    expect(await fixture.verdicts(id)).toEqual(['web triggered: branch "main" matches ["main"]']);
  });

  test('is refused after the last attempt, with the reason', async () => {
    fixture.decide = () => Promise.reject(unreachable());
    const id = await fixture.receive(push(1));
    await fixture.database.deliveries.postpone(id, 4, fixture.clock.now() - 1, 'no route');
    await fixture.work();
    expect(await fixture.verdicts(id)).toEqual(['web rejected: no route']);
  });

  test('keeps later pushes to the same ref waiting, and nobody else', async () => {
    let down = true;
    fixture.decide = (pipeline, event) =>
      down && event.ref === 'refs/heads/main'
        ? Promise.reject(unreachable())
        : Promise.resolve(startDecision(pipeline, event));
    const first = await fixture.receive(push(1));
    await fixture.receive(push(2));
    const other = await fixture.receive(push(3, { ref: 'refs/heads/other' }));
    const work = fixture.work();
    await fixture.settled(async () => (await fixture.delivery(other)).status === 'processed');
    await fixture.settled(async () => (await fixture.delivery(first)).attempts === 1);
    expect(await fixture.jobs()).toEqual(['web 3']);
    down = false;
    await fixture.settled(() => Promise.resolve(fixture.clock.pending === 1));
    fixture.clock.advance(2_000);
    await work;
    expect(await fixture.jobs()).toEqual(['web 3', 'web 1', 'web 2']);
  });
});

test('a mistake of Danube fails the one delivery, says so, and can be replayed', async () => {
  fixture.decide = (pipeline, event) =>
    event.commit === testCommit(1)
      ? Promise.reject(new TypeError('oops'))
      : Promise.resolve(startDecision(pipeline, event));
  const id = await fixture.receive(push(1));
  await fixture.receive(push(2));
  await fixture.work();
  expect(await fixture.delivery(id)).toMatchObject({
    status: 'failed',
    outcome: { event: 'push', reason: 'the work on it broke off: the log of the server says why' },
  });
  expect(await fixture.verdicts(id)).toEqual([
    'web rejected: the work on it broke off: the log of the server says why',
  ]);
  expect(await fixture.jobs()).toEqual(['web 2']);
});

test('jobs, verdicts and the end are stored together or not at all', async () => {
  await fixture.addPipeline('api');
  await fixture.database.database.execute(
    `CREATE TRIGGER refuse BEFORE INSERT ON verdicts WHEN new.pipeline_id = 'web' BEGIN SELECT RAISE(ABORT, 'no'); END`,
  );
  const id = await fixture.receive(push(1));
  await fixture.work();
  expect(await fixture.jobs()).toEqual([]);
  expect(await fixture.verdicts(id)).toEqual([]);
  expect((await fixture.delivery(id)).status).toBe('failed');
  await fixture.database.database.execute('DROP TRIGGER refuse');
  await fixture.container.resolve(Tokens.ReplayDelivery).execute(id);
  await fixture.work();
  expect(await fixture.jobs()).toEqual(['api 1', 'web 1']);
});

test('stopping leaves what is being worked on for the next start', async () => {
  fixture.decide = (_pipeline, _event, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const id = await fixture.receive(push(1));
  const processing = fixture.container.resolve(Tokens.ProcessDeliveries);
  let asked = (): void => undefined;
  const started = new Promise<void>((resolve) => (asked = resolve));
  const { decide } = fixture;
  fixture.decide = (...call) => (asked(), decide(...call));
  processing.open();
  await started;
  await processing.close();
  expect(await fixture.delivery(id)).toMatchObject({ status: 'received', attempts: 0 });
});

test('working on them gives way to those that come in, and goes on however many those are', async () => {
  const { forge } = fixture.forges[0]!;
  const askedBefore: number[] = [];
  fixture.forges = [
    fixture.forge(
      'test',
      { webhookSecret: 'hook' },
      {
        identifyRepository: (webhook) => (
          askedBefore.push(isWriting.mock.calls.length),
          forge.identifyRepository(webhook)
        ),
      },
    ),
  ];
  await fixture.receive(push(1));
  const isWriting = vi.spyOn(fixture.container.resolve(Tokens.DeliveryIntake), 'isWriting', 'get');
  isWriting.mockReturnValueOnce(true).mockReturnValueOnce(true).mockReturnValueOnce(false);
  await fixture.work();
  expect(askedBefore).toEqual([3]);
  isWriting.mockReturnValue(true);
  await fixture.receive(push(2));
  await fixture.work();
  expect(await fixture.jobs()).toEqual(['web 1', 'web 2']);
});
