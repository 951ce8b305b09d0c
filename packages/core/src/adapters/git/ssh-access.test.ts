import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { CheckoutFixture, openToAll } from '@danube/test-support/checkout-fixture.js';
import { type GitSshServer, hasSshServer, makeSshKey, startGitSshServer } from '@danube/test-support/git-ssh-server.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';
import { GitRunner } from './git-runner.js';

const never = new AbortController().signal;

describe.skipIf(!hasSshServer())('over ssh', () => {
  let server: GitSshServer;
  let world: CheckoutFixture;
  let url: string;
  let commit: string;
  beforeAll(async () => {
    server = await startGitSshServer();
    server.authorize(readFileSync(`${makeSshKey(join(server.folder, 'known'))}.pub`, 'utf8'));
    makeSshKey(join(server.folder, 'stranger'));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    world = new CheckoutFixture('danube 100% git-');
    url = `${server.url}${encodeURI(world.repository.path)}`;
    commit = world.repository.commit({ 'a.txt': 'a' });
  });
  afterEach(() => world.remove());

  const withKey = (name: string, knownHosts?: string, authMethod = 'ssh_key'): RepositoryAccess => {
    const privateKey = new SecretValue(readFileSync(join(server.folder, name), 'utf8'));
    return { authMethod, credential: { kind: 'ssh', privateKey, knownHosts } };
  };
  const resolve = (access: RepositoryAccess) => world.git.checkout.resolve(url, 'main', access, never);

  test('a key opens a repository, the host is learnt, and nothing of the key is left', async () => {
    const access = withKey('known');
    expect(await resolve(access)).toEqual({ ref: 'refs/heads/main', commit });
    await world.git.checkout.checkOut(world.request(commit, { repositoryUrl: url, access }), never);
    expect(readFileSync(join(world.workspace, 'a.txt'), 'utf8')).toBe('a');
    expect(readFileSync(world.knownHosts, 'utf8')).toContain(server.hostLine.trim().split(' ').slice(0, 3).join(' '));
    expect(readdirSync(join(world.folder, 'cache/credentials'))).toEqual([]);
    expect(world.metrics.get('danube_git_clone_total', { auth_method: 'ssh_key', status: 'success' })).toBe(1);
  });

  test('a key that the server does not know is refused with words about the entry', async () => {
    await expect(resolve(withKey('stranger'))).rejects.toMatchObject({
      code: 'git_authentication_refused',
      retryable: false,
      message: expect.stringMatching(/does not accept the credential \(ssh_key\): .*Permission denied/) as string,
    });
  });

  test('where no entry matched, the error says so, and what to do about the fallback key', async () => {
    await expect(resolve(withKey('stranger', undefined, 'none'))).rejects.toMatchObject({
      code: 'git_authentication_missing',
      message: expect.stringMatching(
        /^No matching git_authentication for repo ssh:\/\/.*match "127\.0\.0\.1\/.*git_fallback_key\.pub/,
      ) as string,
    });
  });

  test('given known hosts decide alone, and are not added to', async () => {
    await resolve(withKey('known', server.hostLine));
    expect(existsSync(world.knownHosts)).toBe(false);
    const other = server.hostLine.replace('[127.0.0.1]', '[127.0.0.2]');
    await expect(resolve(withKey('known', other))).rejects.toMatchObject({
      code: 'git_host_key_refused',
      message: expect.stringContaining('is not in known_hosts of the git_authentication entry') as string,
    });
  });

  test('a host key that has changed is refused, with what happened and what to do', async () => {
    await resolve(withKey('known'));
    await server.exchangeHostKey();
    await expect(resolve(withKey('known'))).rejects.toMatchObject({
      code: 'git_host_key_refused',
      category: 'invalid',
      message: expect.stringMatching(
        /shows another host key than the one in keys\/git_known_hosts.*It shows SHA256:\S+\. Ask its administrator/,
      ) as string,
    });
  });

  test('without a credential no key of the user who runs the server is offered', async () => {
    const runner = new GitRunner(join(world.folder, 'cache'));
    const args = ['config', 'core.sshCommand'];
    const command = await runner.run({ args, timeoutMs: 10_000, signal: never });
    const effective = execFileSync('sh', ['-c', `${command.stdout.toString().trim()} -G example.com`], {
      encoding: 'utf8',
    });
    const values = (name: string) => effective.split('\n').filter((line) => line.startsWith(`${name} `));
    expect(values('identityfile')).toEqual(['identityfile none']);
    expect(values('identityagent')).toEqual(['identityagent none']);
    expect(values('stricthostkeychecking')).toEqual(['stricthostkeychecking true']);
    await expect(resolve(openToAll)).rejects.toMatchObject({ code: 'git_host_key_refused' });
  });
});
