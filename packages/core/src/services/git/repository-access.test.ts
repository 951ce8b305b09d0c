import { setImmediate } from 'node:timers/promises';
import { DanubeError, type GitAuthMethod, type GitCredential, SecretValue } from '@danube/plugin-api';
import { FakeClock } from '@danube/test-support/fake-clock.js';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { expect, test } from 'vitest';
import { ActiveExtensions, noExtensions } from '../../plugins/active-extensions.js';
import type { ConfiguredGitAuth } from '../ports/extensions.js';
import { AwaitRepositoryAccess } from './await-repository-access.js';
import { FindRepositoryAccess } from './find-repository-access.js';

const never = new AbortController().signal;
const token = (password: string): GitCredential => ({
  kind: 'https',
  username: 'x',
  password: new SecretValue(password),
});
const key = (text: string): GitCredential => ({
  kind: 'ssh',
  privateKey: new SecretValue(text),
  knownHosts: undefined,
});
const giving = (credential: GitCredential): GitAuthMethod => ({ issueCredential: () => Promise.resolve(credential) });
const failing = (error: Error): GitAuthMethod => ({ issueCredential: () => Promise.reject(error) });
const entry = (name: string, type: string, pattern: string, method: GitAuthMethod): ConfiguredGitAuth => ({
  name,
  type,
  matchPatterns: [pattern],
  method,
});

function finder(entries: readonly ConfiguredGitAuth[], fallback = giving(key('fallback'))): FindRepositoryAccess {
  const extensions = new ActiveExtensions();
  extensions.swap({ ...noExtensions, gitAuthMethods: entries });
  return new FindRepositoryAccess(extensions, fallback);
}

const revealed = (credential: GitCredential | undefined): string | undefined =>
  credential?.kind === 'https' ? credential.password.reveal() : credential?.privateKey.reveal();

test.each([
  ['https://github.com/myorg/app.git', 'github_app', 'app'],
  ['https://github.com/other/app.git', 'sample_token', 'any'],
  ['https://git.example.com/a/b', 'none', undefined],
  ['git@git.example.com:a/b.git', 'none', 'fallback'],
  ['ssh://git@ssh.example.com:2222/a', 'ssh_key', 'own'],
  ['file:///srv/app', 'none', undefined],
  ['/srv/app', 'none', undefined],
])('the first entry that matches opens %s: %s', async (url, authMethod, secret) => {
  const find = finder([
    entry('myorg-app', 'github_app', 'github.com/myorg/*', giving(token('app'))),
    entry('github', 'sample_token', 'github.com/*', giving(token('any'))),
    entry('ssh', 'ssh_key', 'ssh.example.com/*', giving(key('own'))),
  ]);
  const access = await find.execute(url, never);
  expect([access.authMethod, revealed(access.credential)]).toEqual([authMethod, secret]);
});

test('what a configuration change brings holds from the next question on', async () => {
  const extensions = new ActiveExtensions();
  const find = new FindRepositoryAccess(extensions, giving(key('fallback')));
  expect(await find.execute('https://h/x', never)).toEqual({ authMethod: 'none', credential: undefined });
  const gitAuthMethods = [entry('all', 'sample_token', '*', giving(token('new')))];
  extensions.swap({ ...noExtensions, gitAuthMethods });
  expect(await find.execute('https://h/x', never)).toMatchObject({ authMethod: 'sample_token' });
});

test.each([
  [
    'https://h/x',
    giving(key('k')),
    /^https:\/\/h\/x matches git_authentication "all" \(t\), which gives an ssh key.*ssh URL of the repository/,
  ],
  [
    'git@h:x',
    giving(token('p')),
    /^git@h:x matches git_authentication "all" \(t\), which gives a user name.*https URL of the repository/,
  ],
])('a credential that cannot open %s names the entry and what to change', async (url, method, message) => {
  await expect(finder([entry('all', 't', '*', method)]).execute(url, never)).rejects.toMatchObject({
    code: 'git_credential_mismatch',
    message: expect.stringMatching(message) as string,
  });
});

test('a plugin’s own words pass through, with the entry named', async () => {
  const error = new DanubeError('github_app_token_failed', 'GitHub App token generation failed: no such installation', {
    category: 'unavailable',
    retryAfterMs: 1234,
  });
  await expect(finder([entry('app', 't', '*', failing(error))]).execute('https://h/x', never)).rejects.toMatchObject({
    code: 'github_app_token_failed',
    message: 'git_authentication "app": GitHub App token generation failed: no such installation',
    retryable: true,
    retryAfterMs: 1234,
  });
});

test.each(['unauthenticated', 'forbidden', 'not_found'] as const)(
  'a credential of the server that is refused (%s) is not a refusal of who asks for the repository',
  async (category) => {
    const error = new DanubeError('github_app_token_failed', 'no', { category });
    const found = finder([entry('app', 't', '*', failing(error))]).execute('https://h/x', never);
    await expect(found).rejects.toMatchObject({ category: 'invalid', retryable: false });
  },
);

test('a fallback key that is not there is said together with what else could be done', async () => {
  const missing = new DanubeError('ssh_key_missing', 'SSH key not found at /k', { category: 'invalid' });
  await expect(finder([], failing(missing)).execute('git@h:x', never)).rejects.toMatchObject({
    code: 'ssh_key_missing',
    message:
      'No matching git_authentication for repo git@h:x, and the fallback key is of no use: SSH key not found at /k',
  });
});

test('a URL that Git would not be given is not matched at all', async () => {
  const all = entry('all', 't', '*', failing(new Error('was asked')));
  await expect(finder([all]).execute('ext::sh -c x', never)).rejects.toMatchObject({ code: 'repository_url_refused' });
});

class Starting {
  readonly clock = new FakeClock();
  readonly loggers = new RecordingLoggers();
  attempts = 0;

  constructor(private readonly answers: readonly (DanubeError | GitCredential)[]) {}

  execute(signal = never, withSecrets = true): Promise<unknown> {
    const method: GitAuthMethod = {
      issueCredential: () => {
        const answer = this.answers[Math.min(this.attempts, this.answers.length - 1)];
        this.attempts += 1;
        return answer instanceof DanubeError ? Promise.reject(answer) : Promise.resolve(answer as GitCredential);
      },
    };
    const find = finder([entry('app', 'github_app', '*', method)]);
    const source = { repositoryUrl: 'https://h/x', ref: 'refs/heads/main', branch: 'main', commit: '' };
    return new AwaitRepositoryAccess(find, this.clock, this.loggers).execute({ source, withSecrets }, signal);
  }

  async untilWaiting(): Promise<void> {
    while (this.clock.pending === 0) await setImmediate();
  }
}

const down = (retryAfterMs?: number): DanubeError =>
  new DanubeError('forge_down', 'down', { category: 'unavailable', ...(retryAfterMs && { retryAfterMs }) });

test('a job that starts waits for a forge as long as that says, and then gets its credential', async () => {
  const starting = new Starting([down(60_000), down(), token('late')]);
  const access = starting.execute();
  await starting.untilWaiting();
  starting.clock.advance(59_999);
  expect(starting.attempts).toBe(1);
  starting.clock.advance(1);
  await starting.untilWaiting();
  starting.clock.advance(2000);
  expect(await access).toMatchObject({ authMethod: 'github_app' });
  expect(starting.loggers.messages('warn')).toHaveLength(2);
});

test.each([
  [true, undefined],
  [false, true],
])('with secrets for the job: %j, its credential is kept from submodules: %j', async (withSecrets, kept) => {
  const access = (await new Starting([token('t')]).execute(never, withSecrets)) as { notForSubmodules?: boolean };
  expect(access.notForSubmodules).toBe(kept);
});

test('it does not wait for what takes too long, nor for what is final', async () => {
  for (const error of [down(6 * 60_000), new DanubeError('revoked', 'revoked', { category: 'forbidden' })]) {
    const starting = new Starting([error]);
    await expect(starting.execute()).rejects.toMatchObject({ code: error.code });
    expect(starting.attempts).toBe(1);
  }
});

test('it gives up after five minutes', async () => {
  const starting = new Starting([down()]);
  let ended = false;
  const attempt = starting.execute().finally(() => (ended = true));
  attempt.catch(() => undefined);
  while (!ended) {
    await setImmediate();
    if (starting.clock.pending > 0) starting.clock.advance(30_000);
  }
  await expect(attempt).rejects.toMatchObject({ code: 'forge_down' });
  expect(starting.attempts).toBeGreaterThan(8);
  expect(starting.attempts).toBeLessThan(20);
});

test('a cancelled job stops waiting', async () => {
  const starting = new Starting([down()]);
  const cancel = new AbortController();
  const attempt = starting.execute(cancel.signal);
  attempt.catch(() => undefined);
  await starting.untilWaiting();
  cancel.abort(new Error('cancelled'));
  await expect(attempt).rejects.toThrow('cancelled');
  expect(starting.clock.pending).toBe(0);
});
