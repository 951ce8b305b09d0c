import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReaperRun } from '../../services/retention/reapable.js';

let http: HttpFixture;
let asked: unknown[];
beforeEach(async () => {
  asked = [];
  http = await HttpFixture.start({
    reaper: {
      execute: ({ dryRun, lowDisk }: Pick<ReaperRun, 'dryRun' | 'lowDisk'>) => {
        asked.push({ dryRun, lowDisk });
        const amount = { count: 1, oldest: 1_000, failure: undefined };
        const parts = [
          { kind: 'logs', bytes: 300, ...amount },
          { kind: 'cache', bytes: 20, ...amount },
        ] as const;
        return Promise.resolve({ dryRun, parts });
      },
      check: (repair: boolean) => {
        asked.push({ repair });
        return Promise.resolve({ found: 0, repaired: 0, problems: [] });
      },
    },
  });
});
afterEach(() => http.stop());

test('a run removes unless a dry run is asked for, and answers how much', async () => {
  const part = { count: 1, oldest: '1970-01-01T00:00:01.000Z' };
  expect(await http.json('/api/v1/reaper', { dry_run: true })).toEqual({
    status: 200,
    body: {
      dry_run: true,
      bytes: 320,
      parts: [
        { kind: 'logs', bytes: 300, ...part },
        { kind: 'cache', bytes: 20, ...part },
      ],
    },
  });
  expect((await http.fetch('/api/v1/reaper', { method: 'POST' })).status).toBe(200);
  expect(asked).toEqual([
    { dryRun: true, lowDisk: false },
    { dryRun: false, lowDisk: false },
  ]);
});

test('a check repairs only where that is asked for', async () => {
  await http.fetch('/api/v1/reaper/check', { method: 'POST' });
  await http.json('/api/v1/reaper/check', { repair: true });
  expect(asked).toEqual([{ repair: false }, { repair: true }]);
});

test('a wrong word and a caller without a token start nothing', async () => {
  expect(await http.json('/api/v1/reaper', { dryrun: true })).toMatchObject({ status: 400 });
  expect(await http.json('/api/v1/reaper', { dry_run: 'yes' })).toMatchObject({ status: 400 });
  for (const path of ['/api/v1/reaper', '/api/v1/reaper/check']) {
    expect((await fetch(http.url + path, { method: 'POST' })).status).toBe(401);
  }
  expect(asked).toEqual([]);
});
