import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { FakeClock } from '@danube/test-support/fake-clock.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Sha256TokenHasher } from '../../adapters/crypto/sha256-token-hasher.js';
import type { AuditEvent } from '../../domain/audit/audit-entry.js';
import { AuditLog } from './audit-log.js';

const event = (secret: string, changes: Partial<AuditEvent> = {}): AuditEvent => ({
  action: 'secret.set',
  outcome: 'stored',
  actor: 'ada',
  secret,
  scope: { kind: 'team', team: 'platform' },
  jobId: undefined,
  ...changes,
});

let db: TestDatabase;
let log: AuditLog;

beforeEach(async () => {
  db = await openTestDatabase();
  log = new AuditLog(db.audit, new Sha256TokenHasher(), db.unitOfWork, new FakeClock());
});
afterEach(() => db.close());

/** As somebody who writes into the file and takes what protects it out first. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const triggers = ['DROP TRIGGER audit_log_no_update', 'DROP TRIGGER audit_log_no_delete'];
  for (const statement of [...triggers, ...statements]) await db.database.execute(statement);
}

test('entries are listed newest first, page by page, as they were given', async () => {
  for (const secret of ['A', 'B', 'C']) await log.append(event(secret));
  const read = event('A', {
    action: 'secret.read',
    outcome: 'given',
    actor: 'pipeline web',
    scope: undefined,
    jobId: 'j',
  });
  await log.append(read);
  const first = await log.list({ limit: 2 });
  expect(first.items.map(({ sequence, secret }) => [sequence, secret])).toEqual([
    [4, 'A'],
    [3, 'C'],
  ]);
  expect(first.items[0]).toMatchObject(read);
  expect(first.items[1]).toMatchObject(event('C'));
  const last = await log.list({ limit: 2, cursor: first.nextCursor ?? 0 });
  expect([last.items.map(({ secret }) => secret), last.nextCursor]).toEqual([['B', 'A'], undefined]);
});

test('an intact log is told so, also an empty one, and entries that are added at once make one chain', async () => {
  expect(await log.verify()).toEqual({ intact: 0, broken: undefined });
  await Promise.all(Array.from({ length: 1100 }, (_, index) => log.append(event(`S${index}`))));
  expect(await log.verify()).toEqual({ intact: 1100, broken: undefined });
});

test('an entry goes with the change that it is about', async () => {
  const failing = db.unitOfWork.run(async () => {
    await log.append(event('A'));
    throw new Error('the change failed');
  });
  await expect(failing).rejects.toThrow('the change failed');
  expect((await log.list({ limit: 10 })).items).toEqual([]);
});

test.each([
  ['changed', 2, ["UPDATE audit_log SET actor = 'eve' WHERE sequence = 2"]],
  ['given another time', 2, ['UPDATE audit_log SET at = at + 1 WHERE sequence = 2']],
  ['moved to another owner', 3, ["UPDATE audit_log SET scope_kind = 'global', scope_id = '' WHERE sequence = 3"]],
  ['removed', 3, ['DELETE FROM audit_log WHERE sequence = 2']],
  ['removed at the beginning', 2, ['DELETE FROM audit_log WHERE sequence = 1']],
  [
    'removed, with those after it moved up',
    2,
    ['DELETE FROM audit_log WHERE sequence = 2', 'UPDATE audit_log SET sequence = sequence - 1 WHERE sequence > 2'],
  ],
])('an entry that was %s past the server is found', async (_, sequence, statements) => {
  for (const secret of ['A', 'B', 'C', 'D']) await log.append(event(secret));
  await tamper(...statements);
  expect(await log.verify()).toMatchObject({ intact: expect.any(Number) as number, broken: { sequence } });
});

test('the database itself refuses to change or remove entries', async () => {
  await log.append(event('A'));
  for (const statement of ["UPDATE audit_log SET actor = 'eve'", 'DELETE FROM audit_log']) {
    await expect(db.database.execute(statement), statement).rejects.toThrow('can only be added to');
  }
});
