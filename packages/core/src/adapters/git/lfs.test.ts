import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { CheckoutFixture } from '@danube/test-support/checkout-fixture.js';
import { type GitHttpServer, startGitHttpServer } from '@danube/test-support/git-http-server.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';

const never = new AbortController().signal;
const large = 'a file that Git LFS keeps\n';
const hasLfs = spawnSync('git', ['lfs', 'version']).status === 0;
const access: RepositoryAccess = {
  authMethod: 'sample_token',
  credential: { kind: 'https', username: 'ci', password: new SecretValue('s3cret') },
};

describe.skipIf(!hasLfs)('Git LFS', () => {
  let world: CheckoutFixture;
  let server: GitHttpServer;
  let commit: string;
  beforeEach(async () => {
    world = new CheckoutFixture();
    world.repository.git('lfs', 'install', '--local');
    commit = world.repository.commit({ '.gitattributes': '*.bin filter=lfs -text\n', 'large.bin': large });
    server = await startGitHttpServer(dirname(world.repository.path), { user: 'ci', password: 's3cret' });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await server.close();
    world.remove();
  });

  const url = () => `${server.url}/${basename(world.repository.path)}`;
  const objectsAsked = () => server.requests.filter((path) => path.includes('/info/lfs/object/')).length;

  test('files come with the credential, and the second time from the cache', async () => {
    const request = world.request(commit, { repositoryUrl: url(), access });
    expect(await world.git.checkout.checkOut(request, never)).toEqual({ warnings: [] });
    expect(readFileSync(join(world.workspace, 'large.bin'), 'utf8')).toBe(large);
    expect(world.inWorkspace('status', '--porcelain')).toBe('');
    expect(objectsAsked()).toBe(1);
    await world.newGit().checkout.checkOut(request, never);
    expect(objectsAsked()).toBe(1);
    expect(readFileSync(join(world.workspace, 'large.bin'), 'utf8')).toBe(large);
    expect(spawnSync('grep', ['-rlaE', 's3cret|czNjcmV0', world.folder], { encoding: 'utf8' }).stdout).toBe('');
  });

  test('a repository of this machine needs no server', async () => {
    await world.git.checkout.checkOut(world.request(commit), never);
    expect(readFileSync(join(world.workspace, 'large.bin'), 'utf8')).toBe(large);
  });

  test('files that the server does not have are an error of their own, whatever the repository says of that', async () => {
    commit = world.repository.commit({ '.lfsconfig': '[lfs]\n\tskipdownloaderrors = true\n' });
    rmSync(join(world.repository.path, '.git/lfs/objects'), { recursive: true });
    await expect(
      world.git.checkout.checkOut(world.request(commit, { repositoryUrl: url(), access }), never),
    ).rejects.toMatchObject({
      code: 'lfs_unreachable',
      message: expect.stringMatching(
        /^cannot get files of http:.* from Git LFS: .*Object does not exist.*may the credential read/,
      ) as string,
    });
  });

  test('without git-lfs the pointers stay, and the report says so', async () => {
    const bin = join(world.folder, 'bin');
    mkdirSync(bin);
    const find = (name: string) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
    for (const name of ['git', 'sh', 'cat']) symlinkSync(find(name), join(bin, name));
    vi.stubEnv('PATH', bin);
    const request = world.request(commit, { repositoryUrl: url(), access });
    const { warnings } = await world.newGit().checkout.checkOut(request, never);
    expect(warnings).toEqual([
      `${url()} keeps files in Git LFS: only pointers to them are here, because git-lfs is not installed`,
    ]);
    expect(readFileSync(join(world.workspace, 'large.bin'), 'utf8')).toMatch(/^version https:\/\/git-lfs/);
    const plain = world.repository.commit({ '.gitattributes': '*.txt text\n' });
    expect(await world.newGit().checkout.checkOut({ ...request, commit: plain }, never)).toEqual({ warnings: [] });
  });
});
