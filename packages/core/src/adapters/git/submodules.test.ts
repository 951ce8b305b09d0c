import { existsSync, readFileSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { CheckoutFixture } from '@danube/test-support/checkout-fixture.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { type GitHttpServer, startGitHttpServer } from '@danube/test-support/git-http-server.js';
import { addSubmodule } from '@danube/test-support/submodules.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CheckoutRequest, RepositoryAccess } from '../../services/ports/source-checkout.js';

const never = new AbortController().signal;
const access: RepositoryAccess = {
  authMethod: 'sample_token',
  credential: { kind: 'https', username: 'ci', password: new SecretValue('s3cret-token') },
};
let world: CheckoutFixture;
let library: GitRepository;
const servers: GitHttpServer[] = [];
beforeEach(() => {
  world = new CheckoutFixture();
  library = new GitRepository(join(world.folder, 'library'));
  library.commit({ 'lib.txt': 'lib' });
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  world.remove();
});

async function serve(options: Parameters<typeof startGitHttpServer>[1] = {}): Promise<GitHttpServer> {
  const server = await startGitHttpServer(dirname(world.repository.path), options);
  servers.push(server);
  return server;
}

const checkOut = (commit: string, change: Partial<CheckoutRequest> = {}) =>
  world.git.checkout.checkOut(world.request(commit, { submodules: true, ...change }), never);
const inWorkspace = (path: string): string => readFileSync(join(world.workspace, path), 'utf8');

test('relative submodules come with the credential of their repository, nested ones too, and the second time from the cache', async () => {
  const inner = new GitRepository(join(world.folder, 'inner'));
  inner.commit({ 'inner.txt': 'inner' });
  addSubmodule(library, 'deep/inner', '../inner', inner.head());
  const commit = addSubmodule(world.repository, 'libs/library', '../library', library.head());
  const server = await serve({ user: 'ci', password: 's3cret-token' });
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  await checkOut(commit, { repositoryUrl, access });
  expect(inWorkspace('libs/library/lib.txt')).toBe('lib');
  expect(inWorkspace('libs/library/deep/inner/inner.txt')).toBe('inner');
  expect(world.inWorkspace('status', '--porcelain')).toBe('');
  expect(world.inWorkspace('submodule', 'status', '--recursive')).toMatch(
    /^[0-9a-f]{40} libs\/library.*\n [0-9a-f]{40} /,
  );
  const before = server.requests.length;
  await checkOut(commit, { repositoryUrl, access });
  expect(server.requests).toHaveLength(before);
});

test('a submodule on another server is read without the credential', async () => {
  const open = await serve();
  const commit = addSubmodule(world.repository, 'lib', `${open.url}/library`, library.head());
  const server = await serve({ user: 'ci', password: 's3cret-token' });
  await checkOut(commit, { repositoryUrl: `${server.url}/${basename(world.repository.path)}`, access });
  expect(inWorkspace('lib/lib.txt')).toBe('lib');
  expect(new Set(open.authorizations)).toEqual(new Set(['']));
});

test('a job of anybody opens no private submodules, wherever they are, and public ones still', async () => {
  const commit = addSubmodule(world.repository, 'lib', '../library', library.head());
  const server = await serve({ user: 'ci', password: 's3cret-token' });
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  const ofAnybody = { ...access, notForSubmodules: true };
  await expect(checkOut(commit, { repositoryUrl, access: ofAnybody })).rejects.toMatchObject({
    code: 'submodules_refused',
    message: expect.stringMatching(/^submodule "lib" .*without secrets.*opens no private submodules/) as string,
  });
  const open = await serve();
  await checkOut(commit, { repositoryUrl: `${open.url}/${basename(world.repository.path)}`, access: ofAnybody });
  expect(inWorkspace('lib/lib.txt')).toBe('lib');
  expect(new Set(open.authorizations)).toEqual(new Set(['']));
});

test('a private submodule on another server is refused with what to do', async () => {
  const other = await serve({ user: 'ci', password: 's3cret-token' });
  const commit = addSubmodule(world.repository, 'lib', `${other.url}/library`, library.head());
  const server = await serve({ user: 'ci', password: 's3cret-token' });
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  await expect(checkOut(commit, { repositoryUrl, access })).rejects.toMatchObject({
    code: 'submodules_refused',
    message: expect.stringMatching(/^submodule "lib" \(http.*give it a relative URL/) as string,
  });
  expect(new Set(other.authorizations)).toEqual(new Set(['']));
});

test('what one entry has brought into the cache is not there for who may not open it', async () => {
  const server = await serve({ user: 'ci', password: 's3cret-token' });
  const repositoryUrl = `${server.url}/library`;
  await checkOut(library.head(), { repositoryUrl, access, submodules: false });
  const commit = addSubmodule(world.repository, 'lib', repositoryUrl, library.head());
  await expect(checkOut(commit)).rejects.toMatchObject({ code: 'submodules_refused' });
  const revoked = { kind: 'https', username: 'ci', password: new SecretValue('another') } as const;
  await expect(
    checkOut(library.head(), { repositoryUrl, access: { ...access, entry: 'of-others', credential: revoked } }),
  ).rejects.toMatchObject({ code: 'git_authentication_refused' });
});

test.each([
  ['ext::sh -c "touch PWNED"', 'remote helper'],
  ['--upload-pack=touch PWNED', 'starts with "-"'],
  ['ssh://-oProxyCommand=touch%20PWNED/x', 'starts with "-"'],
  ['https://user:pw@example.com/x', 'password'],
])('a submodule at %s is refused, and nothing runs', async (url, reason) => {
  const commit = addSubmodule(world.repository, 'lib', `"${url.replaceAll('"', '\\"')}"`, library.head());
  await expect(checkOut(commit)).rejects.toMatchObject({
    code: 'repository_url_refused',
    message: expect.stringMatching(`^submodule "lib": .*${reason}`) as string,
  });
  for (const folder of [world.workspace, process.cwd()]) expect(existsSync(join(folder, 'PWNED'))).toBe(false);
});

test('commands, links and paths in .gitmodules lead nowhere', async () => {
  const commit = addSubmodule(
    world.repository,
    'lib',
    library.url,
    library.head(),
    '\tupdate = !touch PWNED\n[submodule "../../evil"]\n\tpath = ../evil\n\turl = file:///etc\n',
  );
  await expect(checkOut(commit)).rejects.toMatchObject({
    code: 'submodules_refused',
    message: expect.stringContaining('outside repository') as string,
  });
  unlinkSync(join(world.repository.path, '.gitmodules'));
  symlinkSync('/etc/passwd', join(world.repository.path, '.gitmodules'));
  world.repository.git('add', '.gitmodules');
  world.repository.git('commit', '-q', '-m', 'link');
  await expect(checkOut(world.repository.head())).rejects.toThrow();
  expect(existsSync(join(world.workspace, 'PWNED'))).toBe(false);
});

test('a submodule that says update = none is left out', async () => {
  const commit = addSubmodule(world.repository, 'lib', library.url, library.head(), '\tupdate = none\n');
  await checkOut(commit);
  expect(existsSync(join(world.workspace, 'lib/lib.txt'))).toBe(false);
});

test('a missing commit names the submodule, and the workspace can be tried again', async () => {
  const commit = addSubmodule(world.repository, 'lib', library.url, 'a'.repeat(40));
  await expect(checkOut(commit)).rejects.toMatchObject({
    code: 'commit_not_found',
    message: expect.stringMatching(/^submodule "lib": /) as string,
  });
  rmSync(world.workspace, { recursive: true });
  await checkOut(commit, { submodules: false });
});
