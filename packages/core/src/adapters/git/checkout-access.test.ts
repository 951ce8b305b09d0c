import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { startGitHttpServer } from '@danube/test-support/git-http-server.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { CheckoutFixture, openToAll } from '@danube/test-support/checkout-fixture.js';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let world: CheckoutFixture;
const never = new AbortController().signal;
const withPassword = (password: string): RepositoryAccess => ({
  authMethod: 'sample_token',
  credential: { kind: 'https', username: 'ci', password: new SecretValue(password) },
});
beforeEach(() => {
  world = new CheckoutFixture();
});
afterEach(() => world.remove());

test('where a server refuses bare commits, the ref is searched for it', async () => {
  const first = world.repository.commit({ 'a.txt': '1' });
  const second = world.repository.commit({ 'a.txt': '2' });
  world.repository.commit({ 'a.txt': '3' });
  const server = await startGitHttpServer(dirname(world.repository.path), { oldProtocol: true });
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  for (const commit of [second, first, world.repository.head()]) {
    await world.git.checkout.checkOut(world.request(commit, { repositoryUrl }), never);
    expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(commit);
  }
  const gone = 'a'.repeat(40);
  await expect(world.git.checkout.checkOut(world.request(gone, { repositoryUrl }), never)).rejects.toMatchObject({
    code: 'commit_not_found',
    category: 'not_found',
  });
  await server.close();
});

test('a password opens an http repository and is nowhere on disk afterwards', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  const server = await startGitHttpServer(dirname(world.repository.path), { user: 'ci', password: 'p@ss:w/rd' });
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  const access = withPassword('p@ss:w/rd');
  const found = await world.git.checkout.resolve(repositoryUrl, 'main', access, never);
  expect(found).toEqual({ ref: 'refs/heads/main', commit });
  await world.git.checkout.checkOut(world.request(commit, { repositoryUrl, access }), never);
  expect(readFileSync(join(world.workspace, 'a.txt'), 'utf8')).toBe('a');
  expect(spawnSync('grep', ['-rlaE', 'p@ss|p%40ss', world.folder], { encoding: 'utf8' }).stdout).toBe('');
  expect(readdirSync(join(world.folder, 'cache/credentials'))).toEqual([]);
  expect(world.metrics.get('danube_git_clone_total', { auth_method: 'sample_token', status: 'success' })).toBe(1);
  await server.close();
});

test('a wrong password is named as such', async () => {
  const server = await startGitHttpServer(dirname(world.repository.path), { user: 'ci', password: 'right' });
  const access = withPassword('wrong');
  const error = await world.git.checkout
    .resolve(`${server.url}/${basename(world.repository.path)}`, 'main', access, never)
    .catch((reason: unknown) => reason as Error);
  expect(error).toMatchObject({ code: 'git_authentication_refused', category: 'invalid', retryable: false });
  expect((error as Error).message).toContain('does not accept the credential (sample_token)');
  expect((error as Error).message).not.toContain('wrong');
  await server.close();
});

test('refs resolve to commits', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  world.repository.git('tag', '-a', '-m', 'release', 'v1');
  world.repository.git('branch', 'both');
  world.repository.git('tag', 'both');
  const resolve = (ref: string) => world.git.checkout.resolve(world.repository.url, ref, openToAll, never);
  expect(await resolve('main')).toEqual({ ref: 'refs/heads/main', commit });
  expect(await resolve('v1')).toEqual({ ref: 'refs/tags/v1', commit });
  expect(await resolve('both')).toEqual({ ref: 'refs/heads/both', commit });
  expect(await resolve('refs/tags/both')).toEqual({ ref: 'refs/tags/both', commit });
  expect(await resolve('HEAD')).toEqual({ ref: 'HEAD', commit });
  await expect(resolve('nothing')).rejects.toMatchObject({ code: 'ref_not_found', category: 'not_found' });
  await expect(resolve('--upload-pack=x')).rejects.toMatchObject({ code: 'ref_name_refused' });
});

test.each(['ext::sh -c "touch /tmp/x"', '--upload-pack=x', 'https://a:b@example.com/x'])(
  '%s is refused',
  async (url) => {
    await expect(world.git.checkout.resolve(url, 'main', openToAll, never)).rejects.toMatchObject({
      code: 'repository_url_refused',
    });
    await expect(
      world.git.checkout.checkOut(world.request('a'.repeat(40), { repositoryUrl: url }), never),
    ).rejects.toMatchObject({
      code: 'repository_url_refused',
    });
  },
);

test('a repository from elsewhere cannot read this machine through a submodule', async () => {
  const library = new GitRepository(join(world.folder, 'library'));
  library.commit({ 'lib.txt': 'lib' });
  world.repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.url, 'lib');
  const commit = world.repository.commit({ 'a.txt': 'a' });
  const server = await startGitHttpServer(dirname(world.repository.path));
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}/.git`;
  await expect(
    world.git.checkout.checkOut(world.request(commit, { repositoryUrl, submodules: true }), never),
  ).rejects.toMatchObject({
    code: 'repository_url_refused',
    message: expect.stringContaining('submodule "lib": the URL of the submodule is a folder of this machine') as string,
  });
  await server.close();
});

test.skipIf(process.getuid?.() !== 0)('a file repository of another user can be read', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  for (const path of ['', '.git']) chownSync(join(world.repository.path, path), 12345, 12345);
  await world.git.checkout.checkOut(world.request(commit), never);
  expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(commit);
});
