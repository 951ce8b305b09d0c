import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { openToAll } from '@danube/test-support/checkout-fixture.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { expect, test } from 'vitest';
import type { CheckoutRequest } from '../../../services/ports/source-checkout.js';
import { GitCheckoutProgram } from './checkout-program.js';

const metrics = new RecordingMetrics();
const program = new GitCheckoutProgram(metrics, '/nowhere/known_hosts');
const accepted: CheckoutRequest = {
  repositoryUrl: 'https://example.com/app',
  commit: 'a'.repeat(40),
  ref: 'refs/heads/main',
  destination: '/workspace',
  submodules: false,
  depth: 1,
  access: openToAll,
};
const secret = new SecretValue('a-secret');
const password = { authMethod: 'x', credential: { kind: 'https', username: 'ci', password: secret } } as const;
const key = { authMethod: 'x', credential: { kind: 'ssh', privateKey: secret, knownHosts: undefined } } as const;

test.each<[string, Partial<CheckoutRequest>]>([
  ['repository_url_refused', { repositoryUrl: 'ext::sh -c "touch PWNED"' }],
  ['repository_url_refused', { repositoryUrl: '--upload-pack=touch PWNED' }],
  ['repository_url_refused', { repositoryUrl: 'https://user:pw@example.com/app' }],
  ['repository_url_refused', { repositoryUrl: 'ssh://git@*/app', access: key }],
  ['repository_unreachable_from_pod', { repositoryUrl: 'file:///srv/git/app' }],
  ['repository_unreachable_from_pod', { repositoryUrl: '/srv/git/app' }],
  ['ref_name_refused', { ref: '$(touch PWNED)' }],
  ['ref_name_refused', { ref: '--upload-pack=touch PWNED' }],
  ['commit_name_refused', { commit: 'main' }],
  ['commit_name_refused', { commit: `${'a'.repeat(39)}\n` }],
  ['git_credential_mismatch', { repositoryUrl: 'git@example.com:app', access: password }],
])('%s: %j', async (code, change) => {
  const attempt = program.plan({ ...accepted, ...change }, '/run/files');
  await expect(attempt).rejects.toMatchObject({ code, category: 'invalid' });
});

test.each([
  { repositoryUrl: 'https://example.com/app', access: password },
  { repositoryUrl: 'git@example.com:app', access: key },
])('a secret is in private files only, and not in plain words', async (change) => {
  const { program: text, files } = await program.plan({ ...accepted, ...change }, '/run/files');
  const holding = Object.entries(files).filter(([, content]) => content instanceof SecretValue);
  const names = change.access === key ? ['key'] : ['password', 'unspeakable'];
  expect(holding.map(([name]) => name).sort()).toEqual(names);
  expect(JSON.stringify(files) + text).not.toContain('a-secret');
});

test.each([
  ['https://example.com/app', 'git@example.com:lib/one', 'https://example.com/lib/one'],
  ['https://example.com/app', 'ssh://git@example.com/lib', 'https://example.com/lib'],
  ['https://example.com/app', 'git@example.com.evil.test:lib', 'git@example.com.evil.test:lib'],
  ['https://example.com:8443/app', 'git@example.com:lib', 'git@example.com:lib'],
  ['git@example.com:app', 'git@example.com:lib', 'git@example.com:lib'],
])('for %s, git reads %s as %s', async (repositoryUrl, written, read) => {
  const { files } = await program.plan({ ...accepted, repositoryUrl }, '/run/files');
  const folder = mkdtempSync(join(tmpdir(), 'danube-plan-'));
  writeFileSync(join(folder, 'config'), files['gitconfig'] as string);
  const env = { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: join(folder, 'config') };
  const found = execFileSync('git', ['ls-remote', '--get-url', written], { cwd: folder, env, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(found).toBe(`${read}\n`);
});

test.each(['', 'OOMKilled', '{"phase":"fetch"', '[]', 'null', '{"phase":"nowhere","warnings":[],"stderr":""}'])(
  'the outcome %j is a failure of the pod',
  (message) => {
    const before = metrics.get('danube_git_clone_total', { auth_method: 'none', status: 'failure' });
    expect(() => program.read(accepted, { exitCode: 137, message })).toThrow(
      expect.objectContaining({ code: 'checkout_failed', retryable: true }) as Error,
    );
    expect(metrics.get('danube_git_clone_total', { auth_method: 'none', status: 'failure' })).toBe(before + 1);
  },
);
