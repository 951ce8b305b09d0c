import { stat } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob } from '@danube/test-support/database-samples.js';

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.close());

const fileSize = async () => (await stat(db.path)).size;

test('commits reach the database file while the server runs, long before the write-ahead log is large', async () => {
  const before = await fileSize();
  for (let index = 0; index < 300; index += 1) await db.jobs.create(sampleJob(`job-${index}`));
  await expect.poll(fileSize).toBeGreaterThan(before);
});
