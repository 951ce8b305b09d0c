import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { type Shell, CheckoutProgramFixture } from '@danube/test-support/checkout-program-fixture.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { addSubmodule } from '@danube/test-support/submodules.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { CheckoutRequest, RepositoryAccess } from '../../../services/ports/source-checkout.js';

const login = { user: 'ci', password: 's3cret' };
const access: RepositoryAccess = {
  authMethod: 'sample_token',
  credential: { kind: 'https', username: 'ci', password: new SecretValue('s3cret') },
};
const large = 'a file that Git LFS keeps\n';
const hasLfs = spawnSync('git', ['lfs', 'version']).status === 0;

describe.skipIf(!hasLfs)('Git LFS', () => {
  let world: CheckoutProgramFixture;
  afterEach(() => world.close());

  /** A repository and its submodule, both with files in LFS. */
  async function request(): Promise<CheckoutRequest> {
    const library = new GitRepository(join(world.folder, 'library'));
    for (const repository of [library, world.repository]) {
      repository.git('lfs', 'install', '--local');
      repository.commit({ '.gitattributes': '*.bin filter=lfs -text\n', 'large.bin': large });
    }
    const commit = addSubmodule(world.repository, 'lib', '../library', library.head());
    const repositoryUrl = world.urlAt(await world.serve(login));
    return world.request(commit, { repositoryUrl, access, submodules: true });
  }

  test('files come with the credential, in submodules as well', async () => {
    world = new CheckoutProgramFixture();
    expect(await world.checkOut(await request())).toEqual({ warnings: [] });
    for (const path of ['large.bin', 'lib/large.bin']) expect(world.inWorkspaceFile(path)).toBe(large);
    expect(world.inWorkspace('status', '--porcelain')).toBe('');
    expect(spawnSync('grep', ['-rlaE', 's3cret|czNjcmV0', world.folder], { encoding: 'utf8' }).stdout).toBe('');
  });

  test.each(['.', 'lib'])('files of %s that the server does not have are an error of their own', async (path) => {
    world = new CheckoutProgramFixture();
    const wanted = await request();
    rmSync(join(world.folder, path === '.' ? 'repository' : 'library', '.git/lfs/objects'), { recursive: true });
    await expect(world.checkOut(wanted)).rejects.toMatchObject({
      code: 'lfs_unreachable',
      message: expect.stringMatching(
        `^${path === '.' ? '' : 'submodule "lib": '}cannot get files of .* from Git LFS: .*Object does not exist`,
      ) as string,
    });
  });

  test.each<Shell>(['dash', 'busybox'])('without git-lfs the pointers stay, and %s says of which', async (shell) => {
    world = new CheckoutProgramFixture(shell, false);
    const wanted = await request();
    const urls = [wanted.repositoryUrl, wanted.repositoryUrl.replace(/repository$/, 'library')];
    expect(await world.checkOut(wanted)).toEqual({
      warnings: urls.map((url) => expect.stringMatching(`^${url} keeps files in Git LFS: only pointers`) as string),
    });
    expect(world.inWorkspaceFile('lib/large.bin')).toMatch(/^version https:\/\/git-lfs/);
  });
});
