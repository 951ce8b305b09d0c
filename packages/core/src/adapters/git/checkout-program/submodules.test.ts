import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { type Shell, CheckoutProgramFixture } from '@danube/test-support/checkout-program-fixture.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { hasSshServer, makeSshKey, startGitSshServer } from '@danube/test-support/git-ssh-server.js';
import { addSubmodule } from '@danube/test-support/submodules.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CheckoutRequest, RepositoryAccess } from '../../../services/ports/source-checkout.js';

const password = 's3cret-token';
const login = { user: 'ci', password };
const access: RepositoryAccess = {
  authMethod: 'sample_token',
  credential: { kind: 'https', username: 'ci', password: new SecretValue(password) },
};

let world: CheckoutProgramFixture;
let library: GitRepository;
function start(shell: Shell): void {
  world = new CheckoutProgramFixture(shell);
  library = new GitRepository(join(world.folder, 'library'));
  library.commit({ 'lib.txt': 'old' });
  library.commit({ 'lib.txt': 'lib' });
}
afterEach(() => world.close());

const checkOut = (commit: string, change: Partial<CheckoutRequest> = {}) =>
  world.checkOut(world.request(commit, { submodules: true, ...change }));

describe.each<Shell>(['dash', 'busybox'])('with %s', (shell) => {
  beforeEach(() => start(shell));

  test.each([
    [1, '1'],
    [0, '2'],
  ])('relative ones come with the credential and a depth of %i, nested ones too', async (depth, history) => {
    const inner = new GitRepository(join(world.folder, 'inner'));
    inner.commit({ 'inner.txt': 'inner' });
    const { url } = await world.serve(login);
    const middle = new GitRepository(join(world.folder, 'middle'));
    middle.commit({ 'm.txt': 'm' });
    addSubmodule(middle, 'deep/inner', '../inner', inner.head());
    addSubmodule(world.repository, 'libs/middle', '../middle', middle.head());
    const commit = addSubmodule(world.repository, 'libs/library', '../library', library.head());
    await checkOut(commit, { repositoryUrl: `${url}/repository`, access, depth });
    expect(world.inWorkspaceFile('libs/library/lib.txt')).toBe('lib');
    expect(world.inWorkspaceFile('libs/middle/deep/inner/inner.txt')).toBe('inner');
    expect(world.inWorkspace('-C', 'libs/library', 'rev-list', '--count', 'HEAD')).toBe(history);
    expect(world.inWorkspace('status', '--porcelain')).toBe('');
    expect(existsSync(join(world.workspace, '.git/modules/libs/library/hooks'))).toBe(false);
  });

  test('one that is behind its branch comes from a server that refuses bare commits as well', async () => {
    const commit = addSubmodule(world.repository, 'lib', '../library', library.git('rev-parse', 'HEAD^').trim());
    const server = await world.serve({ oldProtocol: true });
    await checkOut(commit, { repositoryUrl: world.urlAt(server) });
    expect(world.inWorkspaceFile('lib/lib.txt')).toBe('old');
  });
});

describe('on the way to other servers', () => {
  beforeEach(() => start('dash'));

  test('one on another server is read without the credential', async () => {
    const open = await world.serve();
    const commit = addSubmodule(world.repository, 'lib', `${open.url}/library`, library.head());
    await checkOut(commit, { repositoryUrl: world.urlAt(await world.serve(login)), access });
    expect(world.inWorkspaceFile('lib/lib.txt')).toBe('lib');
    expect(new Set(open.authorizations)).toEqual(new Set(['']));
  });

  test('a private one on the same server is refused to a job of anybody, and a public one is not', async () => {
    const commit = addSubmodule(world.repository, 'lib', '../library', library.head());
    const ofAnybody = { ...access, notForSubmodules: true };
    const repositoryUrl = world.urlAt(await world.serve(login));
    await expect(checkOut(commit, { repositoryUrl, access: ofAnybody })).rejects.toMatchObject({
      code: 'submodules_refused',
      message: expect.stringMatching(/^submodule "lib" .*opens no private submodules/) as string,
    });
    await checkOut(commit, { repositoryUrl: world.urlAt(await world.serve()), access: ofAnybody });
    expect(world.inWorkspaceFile('lib/lib.txt')).toBe('lib');
  });

  test('a private one on another server is refused with what to do', async () => {
    const other = await world.serve(login);
    const commit = addSubmodule(world.repository, 'lib', `${other.url}/library`, library.head());
    const repositoryUrl = world.urlAt(await world.serve(login));
    await expect(checkOut(commit, { repositoryUrl, access })).rejects.toMatchObject({
      code: 'submodules_refused',
      message: expect.stringMatching(/^submodule "lib" \(http.*give it a relative URL/) as string,
    });
    expect(new Set(other.authorizations)).toEqual(new Set(['']));
  });

  test.each([
    ['file:///etc', 'repository_url_refused', 'a folder of this machine'],
    ['/etc', 'repository_url_refused', 'a folder of this machine'],
    ['ext::sh -c "touch $HOME/PWNED"', 'repository_url_refused', 'remote helper'],
    ['ssh://-oProxyCommand=touch%20PWNED/x', 'repository_url_refused', 'starts with "-"'],
    ['http://somebody:s3cret@127.0.0.1:1/x', 'repository_url_refused', 'holds a user name or password'],
    ['--upload-pack=touch $HOME/PWNED', 'submodules_refused', 'gitmodules'],
  ])('%s is refused, and nothing runs', async (url, code, reason) => {
    const commit = addSubmodule(world.repository, 'lib', `"${url.replaceAll('"', '\\"')}"`, library.head());
    const request = world.request(commit, { repositoryUrl: world.urlAt(await world.serve()), submodules: true });
    world.replaceTool('sleep', '');
    await world.deliver(request);
    const outcome = await world.run();
    expect(outcome.message).not.toContain('s3cret');
    expect(() => world.git.checkoutProgram.read(request, outcome)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(reason) as string }) as Error,
    );
    for (const folder of [world.workspace, world.home, world.files, process.cwd()]) {
      expect(existsSync(join(folder, 'PWNED'))).toBe(false);
    }
  });

  test('a missing commit names the submodule', async () => {
    const commit = addSubmodule(world.repository, 'lib', '../library', 'a'.repeat(40));
    const repositoryUrl = world.urlAt(await world.serve());
    await expect(checkOut(commit, { repositoryUrl })).rejects.toMatchObject({
      code: 'commit_not_found',
      message: expect.stringMatching(/^submodule "lib": .*a{40}/) as string,
    });
    await checkOut(commit, { repositoryUrl, submodules: false });
  });

  test('one that says update = none is left out', async () => {
    const commit = addSubmodule(world.repository, 'lib', '../library', library.head(), '\tupdate = none\n');
    await checkOut(commit, { repositoryUrl: world.urlAt(await world.serve()) });
    expect(existsSync(join(world.workspace, 'lib/lib.txt'))).toBe(false);
  });
});

test.skipIf(!hasSshServer())(
  'a key is offered to the server of its repository only, whatever port another has',
  async () => {
    const world = new CheckoutProgramFixture();
    const [own, other] = [await startGitSshServer(), await startGitSshServer()];
    const key = makeSshKey(join(own.folder, 'known'));
    for (const server of [own, other]) server.authorize(readFileSync(`${key}.pub`, 'utf8'));
    const library = new GitRepository(join(world.folder, 'library'));
    library.commit({ 'lib.txt': 'lib' });
    const url = (server: typeof own, path: string) => `${server.url}${encodeURI(path)}`;
    const privateKey = new SecretValue(readFileSync(key, 'utf8'));
    const knownHosts = own.hostLine + other.hostLine;
    const request = (commit: string) =>
      world.request(commit, {
        repositoryUrl: url(own, world.repository.path),
        submodules: true,
        access: { authMethod: 'ssh_key', credential: { kind: 'ssh', privateKey, knownHosts } },
      });
    const near = addSubmodule(world.repository, 'near', url(own, library.path), library.head());
    await world.checkOut(request(near));
    expect(world.inWorkspaceFile('near/lib.txt')).toBe('lib');
    const far = addSubmodule(world.repository, 'far', url(other, library.path), library.head());
    await expect(world.checkOut(request(far))).rejects.toMatchObject({
      code: 'submodules_refused',
      message: expect.stringMatching(/^submodule "far" .*not open to everybody/) as string,
    });
    await Promise.all([own.close(), other.close()]);
  },
);
