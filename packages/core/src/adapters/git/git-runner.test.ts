import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GitRunner } from './git-runner.js';

let folder: string;
let runner: GitRunner;
const never = new AbortController().signal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-git-'));
  runner = new GitRunner(folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('nothing of the machine’s or the user’s configuration and environment reaches git', async () => {
  vi.stubEnv('GIT_DIR', '/nowhere');
  vi.stubEnv('GIT_CONFIG_COUNT', '1');
  vi.stubEnv('GIT_CONFIG_KEY_0', 'alias.version');
  vi.stubEnv('DANUBE_TOKEN', 'secret');
  const args = ['-c', 'alias.env=!env', 'env'];
  const { stdout } = await runner.run({ args, timeoutMs: 10_000, signal: never });
  const variables = stdout.toString();
  expect(variables).toContain('GIT_TERMINAL_PROMPT=0');
  expect(variables).toContain('GIT_CONFIG_NOSYSTEM=1');
  expect(variables).not.toMatch(/DANUBE_TOKEN|\/nowhere|alias\.version/);
});

test('a remote helper is refused by git itself, too', async () => {
  const args = ['ls-remote', 'ext::sh -c "echo hi >&2"'];
  const result = await runner.run({ args, timeoutMs: 10_000, signal: never });
  expect(result.exitCode).not.toBe(0);
  expect(result.stderr).toContain("transport 'ext' not allowed");
});

test('too much output ends the process', async () => {
  const args = ['-c', 'alias.flood=!yes', 'flood'];
  await expect(runner.run({ args, maxOutputBytes: 1000, timeoutMs: 10_000, signal: never })).rejects.toMatchObject({
    code: 'git_output_too_large',
  });
});

test('a git that takes too long is stopped with everything that it started', async () => {
  const args = ['-c', 'alias.wait=!sleep 60', 'wait'];
  await expect(runner.run({ args, timeoutMs: 50, signal: never })).rejects.toMatchObject({ code: 'git_timed_out' });
});

test('a git that somebody else has ended says by what', async () => {
  const args = ['-c', 'alias.die=!kill -KILL $PPID', 'die'];
  const result = await runner.run({ args, timeoutMs: 10_000, signal: never });
  expect(result.exitCode).not.toBe(0);
  expect(result.stderr).toContain('git was ended by SIGKILL');
});

test('a missing git says so', async () => {
  vi.stubEnv('PATH', folder);
  await expect(runner.run({ args: ['version'], timeoutMs: 10_000, signal: never })).rejects.toMatchObject({
    code: 'git_missing',
  });
});
