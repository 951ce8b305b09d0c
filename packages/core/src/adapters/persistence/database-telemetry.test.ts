import { afterEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob } from '@danube/test-support/database-samples.js';

let db: TestDatabase;
afterEach(() => db.close());

test('transactions are counted by outcome and timed, statements are traced without their values', async () => {
  const counted: string[] = [];
  const timed: number[] = [];
  const spans: { name: string; text: unknown }[] = [];
  const open: string[] = [];
  db = await openTestDatabase({
    metrics: {
      count: (name, labels) => counted.push(`${name}{${labels?.status}}`),
      observe: (name, seconds) => name === 'danube_db_transaction_seconds' && timed.push(seconds),
      set: () => undefined,
    },
    tracer: {
      span: async (name, attributes, work) => {
        spans.push({ name: [...open, name].join(' > '), text: attributes['db.query.text'] });
        open.push(name);
        return work().finally(() => open.pop());
      },
      traceparent: () => undefined,
    },
  });
  await db.unitOfWork.run(() => db.jobs.create(sampleJob('confidential')));
  await db.jobs.create(sampleJob('confidential')).catch(() => undefined);
  await db.jobs.setReason('confidential', 'x');
  expect(counted).toEqual([
    'danube_db_transactions_total{committed}',
    'danube_db_transactions_total{rolled_back}',
    'danube_db_transactions_total{committed}',
  ]);
  expect(timed).toHaveLength(3);
  expect(timed.every((seconds) => seconds > 0 && seconds < 20)).toBe(true);
  expect(spans[0]).toEqual({ name: 'database transaction', text: undefined });
  expect(spans[1]).toEqual({ name: 'database transaction > database statement', text: 'BEGIN IMMEDIATE' });
  expect(spans.some((span) => /INSERT INTO jobs/.test(String(span.text)))).toBe(true);
  expect(JSON.stringify(spans)).not.toContain('confidential');
});
