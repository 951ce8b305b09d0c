import { mkdtempSync, readFileSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureKeyPair } from './key-pair.js';

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
  const first = await ensureKeyPair(keys, 'git_deploy_key', 'danube-deploy-key');
  expect(first.created).toBe(true);
  expect(first.publicKey).toMatch(/^ssh-ed25519 \S+ danube-deploy-key$/);
  expect(statSync(join(keys, 'git_deploy_key')).mode & 0o777).toBe(0o600);
  expect(statSync(join(keys, 'git_deploy_key.pub')).mode & 0o777).toBe(0o644);
  expect(statSync(keys).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(keys, 'git_deploy_key'), 'utf8')).toContain('BEGIN OPENSSH PRIVATE KEY');
  expect(await ensureKeyPair(keys, 'git_deploy_key', 'danube-deploy-key')).toEqual({ ...first, created: false });
  expect(first.privateKeyPath).toBe(join(keys, 'git_deploy_key'));
});

test('a lost public half is derived again', async () => {
  const { publicKey } = await ensureKeyPair(folder, 'git_deploy_key', 'danube-deploy-key');
  unlinkSync(join(folder, 'git_deploy_key.pub'));
  expect((await ensureKeyPair(folder, 'git_deploy_key', 'danube-deploy-key')).publicKey.split(' ')[1]).toBe(
    publicKey.split(' ')[1],
  );
});

test('without ssh-keygen the error says what to do', async () => {
  vi.stubEnv('PATH', folder);
  await expect(ensureKeyPair(folder, 'git_deploy_key', 'danube-deploy-key')).rejects.toMatchObject({
    code: 'ssh_key_failed',
    message: expect.stringContaining('install OpenSSH') as string,
  });
});
