import { expect, test } from 'vitest';
import { isolationChecks } from './isolation-check.js';

test('a server that found no way to isolate jobs is degraded, and says what to install', async () => {
  const [check] = isolationChecks({ mode: 'none', advice: 'bubblewrap is not installed: install it' });
  expect(check).toMatchObject({ name: 'isolation', optional: true });
  await expect(check?.check(AbortSignal.timeout(1000))).rejects.toMatchObject({
    code: 'isolation_missing',
    message: expect.stringContaining('bubblewrap is not installed: install it') as string,
  });
});

test('nothing is degraded where jobs are isolated, run elsewhere, or somebody wanted it so', () => {
  const account = { name: 'danube-jobs', uid: 990, gid: 990 };
  expect(isolationChecks({ mode: 'user', account })).toEqual([]);
  expect(isolationChecks({ mode: 'none', advice: undefined })).toEqual([]);
  expect(isolationChecks(undefined)).toEqual([]);
});
