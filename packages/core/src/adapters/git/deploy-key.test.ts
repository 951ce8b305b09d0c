import { mkdtempSync, readFileSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureDeployKey } from './deploy-key.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-keys-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('the pair is made once, with the right modes, and the public half is answered', async () => {
  const keys = join(folder, 'keys');
  const first = await ensureDeployKey(keys);
  expect(first.created).toBe(true);
  expect(first.publicKey).toMatch(/^ssh-ed25519 \S+ danube-deploy-key$/);
  expect(statSync(join(keys, 'git_deploy_key')).mode & 0o777).toBe(0o600);
  expect(statSync(join(keys, 'git_deploy_key.pub')).mode & 0o777).toBe(0o644);
  expect(statSync(keys).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(keys, 'git_deploy_key'), 'utf8')).toContain('BEGIN OPENSSH PRIVATE KEY');
  expect(await ensureDeployKey(keys)).toEqual({ ...first, created: false });
  expect(first.credential).toEqual({
    kind: 'ssh',
    privateKeyPath: join(keys, 'git_deploy_key'),
    knownHostsPath: join(keys, 'git_known_hosts'),
  });
});

test('a lost public half is derived again', async () => {
  const { publicKey } = await ensureDeployKey(folder);
  unlinkSync(join(folder, 'git_deploy_key.pub'));
  expect((await ensureDeployKey(folder)).publicKey.split(' ')[1]).toBe(publicKey.split(' ')[1]);
});

test('without ssh-keygen the error says what to do', async () => {
  vi.stubEnv('PATH', folder);
  await expect(ensureDeployKey(folder)).rejects.toMatchObject({
    code: 'deploy_key_failed',
    message: expect.stringContaining('ssh_key_path') as string,
  });
});
