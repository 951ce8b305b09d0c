import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGit, type Git } from './create-git.js';
import { ensureDeployKey } from './deploy-key.js';
import { GitRunner } from './git-runner.js';

let folder: string;
let repository: GitRepository;
let git: Git;
const never = new AbortController().signal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube ssh-'));
  repository = new GitRepository(join(folder, 'repository'));
  // stands in for ssh: notes its arguments and runs the remote command here
  const ssh = `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/arguments'\nfor last; do :; done\neval "$last"\n`;
  writeFileSync(join(folder, 'ssh'), ssh, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  git = createGit(new GitRunner(join(folder, 'cache')), new RecordingMetrics());
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('ssh uses the given key alone, its own known hosts, and never asks', async () => {
  const commit = repository.commit({ 'a.txt': 'a' });
  const { credential } = await ensureDeployKey(join(folder, 'keys'));
  const url = `ssh://git@example.com${repository.path.replaceAll(' ', '%20')}`;
  expect(await git.checkout.resolve(url, 'main', credential, never)).toEqual({ ref: 'refs/heads/main', commit });
  const used = readFileSync(join(folder, 'arguments'), 'utf8').split('\n');
  expect(used.slice(0, 4)).toEqual(['-F', '/dev/null', '-i', credential.privateKeyPath]);
  expect(used).toEqual(
    expect.arrayContaining([
      'IdentitiesOnly=yes',
      'BatchMode=yes',
      'StrictHostKeyChecking=accept-new',
      `UserKnownHostsFile="${credential.knownHostsPath}"`,
      'git@example.com',
    ]),
  );
  const destination = join(folder, 'workspace');
  const request = { repositoryUrl: url, commit, ref: 'main', destination, submodules: false, credential };
  await git.checkout.checkOut(request, never);
  expect(readFileSync(join(destination, 'a.txt'), 'utf8')).toBe('a');
});

test('a key that is not there is named before anything is tried', async () => {
  const credential = { kind: 'ssh', privateKeyPath: '/nowhere/key', knownHostsPath: '/nowhere/hosts' } as const;
  await expect(git.checkout.resolve('git@example.com:app.git', 'main', credential, never)).rejects.toMatchObject({
    code: 'ssh_key_missing',
    message: 'SSH key not found at /nowhere/key',
  });
});
