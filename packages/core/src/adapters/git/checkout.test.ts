import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { SecretValue } from '@danube/plugin-api';
import { startGitHttpServer } from '@danube/test-support/git-http-server.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CheckoutRequest } from '../../services/ports/source-checkout.js';
import { GitRunner } from './git-runner.js';
import { createGit, type Git } from './create-git.js';

let folder: string;
let repository: GitRepository;
let counts: Record<string, string>[];
let git: Git;
const never = new AbortController().signal;

function newGit(): Git {
  return createGit(new GitRunner(join(folder, 'cache')), {
    count: (_name, labels) => counts.push({ ...labels }),
    observe: () => undefined,
    set: () => undefined,
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-git-'));
  repository = new GitRepository(join(folder, 'repository'));
  counts = [];
  git = newGit();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const workspace = () => join(folder, 'workspace');

function request(commit: string, change: Partial<CheckoutRequest> = {}): CheckoutRequest {
  return {
    repositoryUrl: repository.url,
    commit,
    ref: 'refs/heads/main',
    destination: workspace(),
    submodules: false,
    credential: undefined,
    ...change,
  };
}

function inWorkspace(...args: string[]): string {
  return execFileSync('git', args, { cwd: workspace(), encoding: 'utf8' }).trim();
}

test('the exact commit is put in place as a clean, shallow, detached repository', async () => {
  const old = repository.commit({ 'a.txt': 'old', 'src/b.txt': 'b' });
  repository.commit({ 'a.txt': 'new' });
  await git.checkout.checkOut(request(old), never);
  expect(readFileSync(join(workspace(), 'a.txt'), 'utf8')).toBe('old');
  expect(readFileSync(join(workspace(), 'src/b.txt'), 'utf8')).toBe('b');
  expect(inWorkspace('rev-parse', 'HEAD')).toBe(old);
  expect(inWorkspace('rev-parse', '--abbrev-ref', 'HEAD')).toBe('HEAD');
  expect(inWorkspace('status', '--porcelain')).toBe('');
  expect(inWorkspace('rev-list', '--count', 'HEAD')).toBe('1');
  expect(inWorkspace('remote', 'get-url', 'origin')).toBe(repository.url);
  inWorkspace('fsck', '--strict');
  expect(counts).toEqual([{ auth_method: 'none', status: 'success' }]);
});

test('a second checkout of the same commit needs no remote, also after a restart', async () => {
  const commit = repository.commit({ 'a.txt': 'a' });
  await git.checkout.checkOut(request(commit), never);
  rmSync(repository.path, { recursive: true });
  writeFileSync(join(workspace(), 'left-over'), 'x');
  await git.checkout.checkOut(request(commit), never);
  expect(readdirSync(workspace()).sort()).toEqual(['.git', 'a.txt']);
  await newGit().checkout.checkOut(request(commit), never);
  expect(inWorkspace('status', '--porcelain')).toBe('');
});

test('checkouts at once share one download', async () => {
  const server = await startGitHttpServer(dirname(repository.path));
  const commit = repository.commit({ 'a.txt': 'a' });
  const repositoryUrl = `${server.url}/${basename(repository.path)}`;
  await Promise.all(
    [1, 2, 3].map((n) =>
      git.checkout.checkOut(request(commit, { repositoryUrl, destination: join(folder, `w${n}`) }), never),
    ),
  );
  expect(server.requests.filter((path) => path.includes('info/refs'))).toHaveLength(1);
  expect(readFileSync(join(folder, 'w3/a.txt'), 'utf8')).toBe('a');
  await server.close();
});

test('a commit that another one replaced by force is still found while the server has it', async () => {
  const lost = repository.commit({ 'a.txt': 'first' });
  repository.git('commit', '-q', '--amend', '-m', 'other');
  await git.checkout.checkOut(request(lost), never);
  expect(inWorkspace('rev-parse', 'HEAD')).toBe(lost);
});

test('where a server refuses bare commits, the ref is searched for it', async () => {
  const first = repository.commit({ 'a.txt': '1' });
  const second = repository.commit({ 'a.txt': '2' });
  repository.commit({ 'a.txt': '3' });
  const server = await startGitHttpServer(dirname(repository.path), { oldProtocol: true });
  const repositoryUrl = `${server.url}/${basename(repository.path)}`;
  for (const commit of [second, first, repository.head()]) {
    await git.checkout.checkOut(request(commit, { repositoryUrl }), never);
    expect(inWorkspace('rev-parse', 'HEAD')).toBe(commit);
  }
  const gone = 'a'.repeat(40);
  await expect(git.checkout.checkOut(request(gone, { repositoryUrl }), never)).rejects.toMatchObject({
    code: 'commit_not_found',
    category: 'not_found',
  });
  await server.close();
});

test('a password opens an http repository and is nowhere on disk afterwards', async () => {
  const commit = repository.commit({ 'a.txt': 'a' });
  const server = await startGitHttpServer(dirname(repository.path), { user: 'ci', password: 'p@ss:w/rd' });
  const repositoryUrl = `${server.url}/${basename(repository.path)}`;
  const credential = { kind: 'https', username: 'ci', password: new SecretValue('p@ss:w/rd') } as const;
  const found = await git.checkout.resolve(repositoryUrl, 'main', credential, never);
  expect(found).toEqual({ ref: 'refs/heads/main', commit });
  await git.checkout.checkOut(request(commit, { repositoryUrl, credential }), never);
  expect(readFileSync(join(workspace(), 'a.txt'), 'utf8')).toBe('a');
  expect(spawnSync('grep', ['-rlaE', 'p@ss|p%40ss', folder], { encoding: 'utf8' }).stdout).toBe('');
  expect(readdirSync(join(folder, 'cache/credentials'))).toEqual([]);
  await server.close();
});

test('a wrong password is named as such', async () => {
  const server = await startGitHttpServer(dirname(repository.path), { user: 'ci', password: 'right' });
  const credential = { kind: 'https', username: 'ci', password: new SecretValue('wrong') } as const;
  const error = await git.checkout
    .resolve(`${server.url}/${basename(repository.path)}`, 'main', credential, never)
    .catch((reason: unknown) => reason as Error);
  expect(error).toMatchObject({ code: 'repository_unreachable', category: 'unavailable' });
  expect((error as Error).message).toContain('check the credential');
  expect((error as Error).message).not.toContain('wrong@');
  await server.close();
});

test('refs resolve to commits', async () => {
  const commit = repository.commit({ 'a.txt': 'a' });
  repository.git('tag', '-a', '-m', 'release', 'v1');
  repository.git('branch', 'both');
  repository.git('tag', 'both');
  const resolve = (ref: string) => git.checkout.resolve(repository.url, ref, undefined, never);
  expect(await resolve('main')).toEqual({ ref: 'refs/heads/main', commit });
  expect(await resolve('v1')).toEqual({ ref: 'refs/tags/v1', commit });
  expect(await resolve('both')).toEqual({ ref: 'refs/heads/both', commit });
  expect(await resolve('refs/tags/both')).toEqual({ ref: 'refs/tags/both', commit });
  expect(await resolve('HEAD')).toEqual({ ref: 'HEAD', commit });
  await expect(resolve('nothing')).rejects.toMatchObject({ code: 'ref_not_found', category: 'not_found' });
  await expect(resolve('--upload-pack=x')).rejects.toMatchObject({ code: 'ref_name_refused' });
});

test('a repository that is not there gives git’s own last words', async () => {
  const url = 'file:///nowhere/at/all';
  await expect(git.checkout.resolve(url, 'main', undefined, never)).rejects.toMatchObject({
    code: 'repository_unreachable',
    message: expect.stringMatching(/cannot read file:\/\/\/nowhere\/at\/all: .*does not (exist|appear)/) as string,
  });
  await expect(git.checkout.checkOut(request('a'.repeat(40), { repositoryUrl: url }), never)).rejects.toMatchObject({
    code: 'repository_unreachable',
  });
  expect(counts).toEqual([{ auth_method: 'none', status: 'failure' }]);
});

test.each(['ext::sh -c "touch /tmp/x"', '--upload-pack=x', 'https://a:b@example.com/x'])(
  '%s is refused',
  async (url) => {
    await expect(git.checkout.resolve(url, 'main', undefined, never)).rejects.toMatchObject({
      code: 'repository_url_refused',
    });
    await expect(git.checkout.checkOut(request('a'.repeat(40), { repositoryUrl: url }), never)).rejects.toMatchObject({
      code: 'repository_url_refused',
    });
  },
);

test('a lock file that a killed fetch left behind is removed', async () => {
  const first = repository.commit({ 'a.txt': '1' });
  await git.checkout.checkOut(request(first), never);
  const second = repository.commit({ 'a.txt': '2' });
  const mirror = join(folder, 'cache/repositories', readdirSync(join(folder, 'cache/repositories'))[0] ?? '');
  writeFileSync(join(mirror, 'shallow.lock'), '');
  writeFileSync(join(mirror, `refs/danube/commits/${second}.lock`), '');
  await newGit().checkout.checkOut(request(second), never);
  expect(inWorkspace('rev-parse', 'HEAD')).toBe(second);
});

test('objects that went missing from the mirror are fetched again', async () => {
  const commit = repository.commit({ 'a.txt': 'a' });
  await git.checkout.checkOut(request(commit), never);
  const mirror = join(folder, 'cache/repositories', readdirSync(join(folder, 'cache/repositories'))[0] ?? '');
  rmSync(join(mirror, 'objects/pack'), { recursive: true });
  await git.checkout.checkOut(request(commit), never);
  expect(readFileSync(join(workspace(), 'a.txt'), 'utf8')).toBe('a');
});

test('submodules come only where asked for', async () => {
  const library = new GitRepository(join(folder, 'library'));
  library.commit({ 'lib.txt': 'lib' });
  repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.url, 'lib');
  const commit = repository.commit({ 'a.txt': 'a' });
  await git.checkout.checkOut(request(commit), never);
  expect(existsSync(join(workspace(), 'lib/lib.txt'))).toBe(false);
  await git.checkout.checkOut(request(commit, { submodules: true }), never);
  expect(readFileSync(join(workspace(), 'lib/lib.txt'), 'utf8')).toBe('lib');
});

test('a repository from elsewhere cannot read this machine through a submodule', async () => {
  const library = new GitRepository(join(folder, 'library'));
  library.commit({ 'lib.txt': 'lib' });
  repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.url, 'lib');
  const commit = repository.commit({ 'a.txt': 'a' });
  const server = await startGitHttpServer(dirname(repository.path));
  const repositoryUrl = `${server.url}/${basename(repository.path)}/.git`;
  await expect(
    git.checkout.checkOut(request(commit, { repositoryUrl, submodules: true }), never),
  ).rejects.toMatchObject({
    code: 'submodules_unreachable',
    message: expect.stringContaining("transport 'file' not allowed") as string,
  });
  await server.close();
});

test('SHA-256 repositories work', async () => {
  rmSync(repository.path, { recursive: true });
  mkdirSync(repository.path);
  repository.git('init', '-q', '-b', 'main', '--object-format=sha256');
  const commit = repository.commit({ 'a.txt': 'a' });
  expect(commit).toHaveLength(64);
  await git.checkout.checkOut(request(commit), never);
  expect(inWorkspace('rev-parse', 'HEAD')).toBe(commit);
});

test('aborting ends git and its helpers, and leaves the next checkout unharmed', async () => {
  const silent = createServer();
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const abort = new AbortController();
  const repositoryUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/x`;
  const running = git.checkout.resolve(repositoryUrl, 'main', undefined, abort.signal);
  const [socket] = (await once(silent, 'connection')) as [Socket];
  const closed = once(socket.resume(), 'close');
  abort.abort(new Error('cancelled'));
  await expect(running).rejects.toThrow('cancelled');
  await closed;
  silent.close();
});

test('a git that outlived its master is ended before its lock is taken away', async () => {
  const commit = repository.commit({ 'a.txt': '1' });
  await git.checkout.checkOut(request(commit), never);
  const gone = spawnSync('true').pid;
  const orphan = spawn('sleep', ['60'], {
    env: { ...process.env, DANUBE_GIT_OWNER: `${join(folder, 'cache')}#${gone}` },
  });
  const ended = once(orphan, 'exit');
  const mirror = join(folder, 'cache/repositories', readdirSync(join(folder, 'cache/repositories'))[0] ?? '');
  writeFileSync(join(mirror, 'shallow.lock'), '');
  await git.checkout.checkOut(request(repository.commit({ 'a.txt': '2' })), never);
  expect(await ended).toEqual([null, 'SIGKILL']);
});

test.skipIf(process.getuid?.() !== 0)('a file repository of another user can be read', async () => {
  const commit = repository.commit({ 'a.txt': 'a' });
  for (const path of ['', '.git']) chownSync(join(repository.path, path), 12345, 12345);
  await git.checkout.checkOut(request(commit), never);
  expect(inWorkspace('rev-parse', 'HEAD')).toBe(commit);
});
