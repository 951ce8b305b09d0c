import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../run-cli.js';

test('migrate makes the database, and has nothing to do the second time', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'danube-cli-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const run = async (...args: string[]) => {
    const terminal = fakeTerminal({ env: { DANUBE_DATA_DIR: dataDir } });
    expect(await runCli(['migrate', ...args], terminal)).toBe(0);
    return terminal.stdout();
  };
  expect(await run()).toMatch(/^applied \S+[^]*\/danube\.db was upgraded\n$/);
  expect(await run()).toBe(`${dataDir}/danube.db is up to date\n`);
  expect(JSON.parse(await run('--json'))).toEqual({ database: `${dataDir}/danube.db`, applied: [] });
});
