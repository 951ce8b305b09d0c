import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, silentTelemetry, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob, sampleStep, sampleTeam, samplePipeline } from '@danube/test-support/database-samples.js';
import { openPersistence } from './open-persistence.js';

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.close());

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

async function countJobs(): Promise<number> {
  return (await db.jobs.list({}, { limit: 1000 })).items.length;
}

test('of 200 parallel saves of which 20 fail, exactly the 180 others are kept', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, (_, index) =>
      index % 10 === 0
        ? db.steps.createOnce(sampleStep('nowhere', index + 1))
        : db.jobs.create(sampleJob(`job-${index}`)),
    ),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(180);
  for (const result of results.filter((result) => result.status === 'rejected')) {
    expect(result.reason).toMatchObject({ code: 'database_reference_missing' });
  }
  const { items } = await db.jobs.list({}, { limit: 1000 });
  expect(items).toHaveLength(180);
  expect(items.map((job) => job.number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 180 }, (_, i) => i + 1),
  );
});

test('20 parallel transactions of which 5 fail keep all or nothing each', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      db.unitOfWork.run(async () => {
        await db.jobs.create(sampleJob(`job-${index}-a`));
        await new Promise(setImmediate);
        await db.jobs.create(sampleJob(index % 4 === 0 ? `job-${index}-a` : `job-${index}-b`));
      }),
    ),
  );
  expect(results.filter((result) => result.status === 'rejected')).toHaveLength(5);
  expect(await countJobs()).toBe(30);
});

test('a write outside of a transaction is not rolled back with it', async () => {
  const { opened, open } = gate();
  const failing = db.unitOfWork.run(async () => {
    await db.jobs.create(sampleJob('inside'));
    open();
    await new Promise(setImmediate);
    throw new Error('changed my mind');
  });
  await opened;
  const outside = db.jobs.create(sampleJob('outside'));
  await expect(failing).rejects.toThrow('changed my mind');
  await outside;
  expect((await db.jobs.list({}, { limit: 10 })).items.map((job) => job.id)).toEqual(['outside']);
});

test('a read outside does not see an open transaction, one inside does', async () => {
  const written = gate();
  const finish = gate();
  const transaction = db.unitOfWork.run(async () => {
    await db.jobs.create(sampleJob('j1'));
    expect(await db.jobs.findById('j1')).toBeDefined();
    written.open();
    await finish.opened;
  });
  await written.opened;
  expect(await db.jobs.findById('j1')).toBeUndefined();
  finish.open();
  await transaction;
  expect(await db.jobs.findById('j1')).toBeDefined();
});

test('what somebody waits for comes before others that wait, and each goes on as part of what its caller does', async () => {
  const context = new AsyncLocalStorage<string>();
  const order: (string | undefined)[] = [];
  const note = () => Promise.resolve(void order.push(context.getStore()));
  const finish = gate();
  const turns = [
    context.run('first', () => db.database.run(() => finish.opened.then(note))),
    context.run('second', () => db.database.run(note)),
    context.run('third', () => db.database.run(note)),
    context.run('urgent', () => db.database.runNext(note)),
  ];
  finish.open();
  await Promise.all(turns);
  expect(order).toEqual(['first', 'urgent', 'second', 'third']);
});

test('a nested unit of work joins the outer one', async () => {
  const failing = db.unitOfWork.run(async () => {
    await db.unitOfWork.run(() => db.jobs.create(sampleJob('nested')));
    throw new Error('outer fails');
  });
  await expect(failing).rejects.toThrow('outer fails');
  expect(await countJobs()).toBe(0);
});

test('an outer unit of work that swallows the failure of a nested one is not kept', async () => {
  const outer = db.unitOfWork.run(async () => {
    await db.jobs.create(sampleJob('first'));
    await db.unitOfWork.run(() => db.jobs.create(sampleJob('first'))).catch(() => undefined);
  });
  await expect(outer).rejects.toMatchObject({
    code: 'transaction_rolled_back',
    cause: { code: 'database_unique_violation' },
  });
  expect(await countJobs()).toBe(0);
});

test('work that a unit of work started and did not await cannot write once it has ended', async () => {
  const { opened, open } = gate();
  let escaped: Promise<unknown> = Promise.resolve();
  await db.unitOfWork.run(async () => {
    await db.jobs.create(sampleJob('kept'));
    escaped = opened.then(() => db.jobs.create(sampleJob('escaped')));
    escaped.catch(() => undefined);
  });
  open();
  await expect(escaped).rejects.toMatchObject({ code: 'transaction_finished' });
  expect((await db.jobs.list({}, { limit: 10 })).items.map((job) => job.id)).toEqual(['kept']);
});

test('a unit of work that returns while its statements are on their way is refused as a whole', async () => {
  let escaped: Promise<unknown> = Promise.resolve();
  const careless = db.unitOfWork.run(async () => {
    await db.jobs.create(sampleJob('first'));
    escaped = db.jobs.create(sampleJob('not awaited'));
  });
  await expect(careless).rejects.toMatchObject({ code: 'transaction_work_not_awaited' });
  await escaped;
  expect(await countJobs()).toBe(0);
});

test('when one of several parallel writes fails, none of the others slips past the rollback', async () => {
  for (let round = 0; round < 20; round += 1) {
    const failing = db.unitOfWork.run(() =>
      Promise.all([
        db.database.execute('INSERT INTO nowhere VALUES (1)'),
        ...Array.from({ length: 10 }, (_, index) => db.jobs.create(sampleJob(`job-${round}-${index}`))),
      ]),
    );
    await expect(failing).rejects.toMatchObject({ code: 'database_error' });
  }
  expect(await countJobs()).toBe(0);
});

test('two processes that write at once never see a locked database', async () => {
  const other = await openPersistence(db.path, silentTelemetry());
  const hammer = (jobs: typeof db.jobs, unitOfWork: typeof db.unitOfWork, name: string) =>
    Array.from({ length: 150 }, (_, index) =>
      unitOfWork.run(async () => {
        const before = await jobs.list({}, { limit: 1 });
        await jobs.create(sampleJob(`${name}-${index}`));
        return before;
      }),
    );
  await Promise.all([...hammer(db.jobs, db.unitOfWork, 'a'), ...hammer(other.jobs, other.unitOfWork, 'b')]);
  expect(await countJobs()).toBe(300);
  const numbers = (await other.jobs.list({}, { limit: 1000 })).items.map((job) => job.number);
  expect(new Set(numbers).size).toBe(300);
  await other.close();
});

test('references are checked when the unit of work ends, whatever the order within it', async () => {
  await db.unitOfWork.run(async () => {
    await db.pipelines.upsert([samplePipeline('web')]);
    await db.teams.upsert([sampleTeam('platform')]);
  });
  await expect(db.teams.remove(['platform'])).rejects.toMatchObject({ code: 'database_reference_missing' });
  expect(await db.teams.findById('platform')).toBeDefined();
});

test('a full disk is told in words, and the transaction it hit leaves nothing behind', async () => {
  const pages: { page_count: number }[] = await db.database.read.query('PRAGMA page_count');
  await db.unitOfWork.run(() => db.database.read.query(`PRAGMA max_page_count = ${pages[0]!.page_count + 2}`));
  const big = db.unitOfWork.run(async () => {
    await db.jobs.create(sampleJob('small'));
    await db.jobs.create(sampleJob('big', { env: { FILL: 'x'.repeat(200_000) } }));
  });
  await expect(big).rejects.toMatchObject({ code: 'database_disk_full', category: 'unavailable' });
  expect(await countJobs()).toBe(0);
  await db.jobs.create(sampleJob('still works'));
  expect(await countJobs()).toBe(1);
});

test('a reader cannot write', async () => {
  await expect(db.database.read.query('DELETE FROM jobs')).rejects.toMatchObject({ code: 'database_read_only' });
});

test('closing waits for accepted work and refuses new work', async () => {
  const writing = db.jobs.create(sampleJob('last'));
  const closing = db.database.close();
  await writing;
  await closing;
  await expect(async () => db.jobs.create(sampleJob('late'))).rejects.toMatchObject({ code: 'database_closed' });
});
