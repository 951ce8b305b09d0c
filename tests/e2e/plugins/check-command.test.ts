import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDanube } from '@danube/test-support/run-danube.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'danube-check-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('plugins check passes the plugins that come with Danube, and ends by itself once the last one is checked', async () => {
  const { code, stdout } = await runDanube(['plugins', 'check', '--data-dir', dataDir]);
  for (const name of ['github', 'gitlab', 'gitea']) expect(stdout).toContain(`@danube/plugin-${name}`);
  expect(stdout).toContain('3 plugins checked, 0 failed');
  expect(code).toBe(0);
});
