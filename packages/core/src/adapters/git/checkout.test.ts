import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { startGitHttpServer } from '@danube/test-support/git-http-server.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { CheckoutFixture } from '@danube/test-support/checkout-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let world: CheckoutFixture;
const never = new AbortController().signal;
beforeEach(() => {
  world = new CheckoutFixture();
});
afterEach(() => world.remove());

test('the exact commit is put in place as a clean, shallow, detached repository', async () => {
  const old = world.repository.commit({ 'a.txt': 'old', 'src/b.txt': 'b' });
  world.repository.commit({ 'a.txt': 'new' });
  await world.git.checkout.checkOut(world.request(old), never);
  expect(readFileSync(join(world.workspace, 'a.txt'), 'utf8')).toBe('old');
  expect(readFileSync(join(world.workspace, 'src/b.txt'), 'utf8')).toBe('b');
  expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(old);
  expect(world.inWorkspace('rev-parse', '--abbrev-ref', 'HEAD')).toBe('HEAD');
  expect(world.inWorkspace('status', '--porcelain')).toBe('');
  expect(world.inWorkspace('rev-list', '--count', 'HEAD')).toBe('1');
  expect(world.inWorkspace('remote', 'get-url', 'origin')).toBe(world.repository.url);
  world.inWorkspace('fsck', '--strict');
  expect(world.metrics.get('danube_git_clone_total', { auth_method: 'none', status: 'success' })).toBe(1);
});

test.each([1, 2, 0])(
  'with depth %d, one that is to be self-contained works where no mirror can be seen',
  async (depth) => {
    const library = new GitRepository(join(world.folder, 'library'));
    library.commit({ 'lib.txt': 'lib' });
    world.repository.commit({ 'a.txt': 'old' });
    world.repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.url, 'lib');
    const commit = world.repository.commit({ 'a.txt': 'a' });
    await world.git.checkout.checkOut(world.request(commit, { depth, submodules: true, selfContained: true }), never);
    rmSync(join(world.folder, 'cache'), { recursive: true });
    expect(world.inWorkspace('status', '--porcelain')).toBe('');
    expect(world.inWorkspace('rev-list', '--count', 'HEAD')).toBe(String(depth || 2));
    expect(world.inWorkspace('show', 'HEAD:a.txt')).toBe('a');
    expect(world.inWorkspace('-C', 'lib', 'show', 'HEAD:lib.txt')).toBe('lib');
    world.inWorkspace('fsck', '--strict');
  },
);

test('a second checkout of the same commit needs no remote, also after a restart', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  await world.git.checkout.checkOut(world.request(commit), never);
  rmSync(world.repository.path, { recursive: true });
  writeFileSync(join(world.workspace, 'left-over'), 'x');
  await world.git.checkout.checkOut(world.request(commit), never);
  expect(readdirSync(world.workspace).sort()).toEqual(['.git', 'a.txt']);
  await world.newGit().checkout.checkOut(world.request(commit), never);
  expect(world.inWorkspace('status', '--porcelain')).toBe('');
});

test('checkouts at once share one download', async () => {
  const server = await startGitHttpServer(dirname(world.repository.path));
  const commit = world.repository.commit({ 'a.txt': 'a' });
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  await Promise.all(
    [1, 2, 3].map((n) =>
      world.git.checkout.checkOut(
        world.request(commit, { repositoryUrl, destination: join(world.folder, `w${n}`) }),
        never,
      ),
    ),
  );
  expect(server.requests.filter((path) => path.includes('info/refs'))).toHaveLength(1);
  expect(readFileSync(join(world.folder, 'w3/a.txt'), 'utf8')).toBe('a');
  await server.close();
});

test('a commit that another one replaced by force is still found while the server has it', async () => {
  const lost = world.repository.commit({ 'a.txt': 'first' });
  world.repository.git('commit', '-q', '--amend', '-m', 'other');
  await world.git.checkout.checkOut(world.request(lost), never);
  expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(lost);
});

test('submodules come only where asked for', async () => {
  const library = new GitRepository(join(world.folder, 'library'));
  library.commit({ 'lib.txt': 'lib' });
  world.repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.url, 'lib');
  const commit = world.repository.commit({ 'a.txt': 'a' });
  await world.git.checkout.checkOut(world.request(commit), never);
  expect(existsSync(join(world.workspace, 'lib/lib.txt'))).toBe(false);
  await world.git.checkout.checkOut(world.request(commit, { submodules: true }), never);
  expect(readFileSync(join(world.workspace, 'lib/lib.txt'), 'utf8')).toBe('lib');
});

test('SHA-256 repositories work', async () => {
  rmSync(world.repository.path, { recursive: true });
  mkdirSync(world.repository.path);
  world.repository.git('init', '-q', '-b', 'main', '--object-format=sha256');
  const commit = world.repository.commit({ 'a.txt': 'a' });
  expect(commit).toHaveLength(64);
  await world.git.checkout.checkOut(world.request(commit), never);
  expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(commit);
});
