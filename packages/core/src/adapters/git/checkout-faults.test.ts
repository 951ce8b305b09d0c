import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { CheckoutFixture, openToAll } from '@danube/test-support/checkout-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GitAccessProvider } from './git-access.js';
import { GitRunner } from './git-runner.js';

let world: CheckoutFixture;
const never = new AbortController().signal;
beforeEach(() => {
  world = new CheckoutFixture();
});
afterEach(() => world.remove());

test('a repository that is not there gives git’s own last words', async () => {
  const url = 'file:///nowhere/at/all';
  await expect(world.git.checkout.resolve(url, 'main', openToAll, never)).rejects.toMatchObject({
    code: 'repository_unreachable',
    message: expect.stringMatching(/cannot read file:\/\/\/nowhere\/at\/all: .*does not (exist|appear)/) as string,
  });
  await expect(
    world.git.checkout.checkOut(world.request('a'.repeat(40), { repositoryUrl: url }), never),
  ).rejects.toMatchObject({
    code: 'repository_unreachable',
  });
  expect(world.metrics.get('danube_git_clone_total', { auth_method: 'none', status: 'failure' })).toBe(1);
});

test('a lock file that a killed fetch left behind is removed', async () => {
  const first = world.repository.commit({ 'a.txt': '1' });
  await world.git.checkout.checkOut(world.request(first), never);
  const second = world.repository.commit({ 'a.txt': '2' });
  writeFileSync(join(world.mirror(), 'shallow.lock'), '');
  writeFileSync(join(world.mirror(), `refs/danube/commits/${second}.lock`), '');
  await world.newGit().checkout.checkOut(world.request(second), never);
  expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(second);
});

test('objects that went missing from the mirror are fetched again', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  await world.git.checkout.checkOut(world.request(commit), never);
  rmSync(join(world.mirror(), 'objects/pack'), { recursive: true });
  await world.git.checkout.checkOut(world.request(commit), never);
  expect(readFileSync(join(world.workspace, 'a.txt'), 'utf8')).toBe('a');
});

test('a server that was too slow is named', async () => {
  const provider = new GitAccessProvider(join(world.folder, 'cache'), world.knownHosts);
  const runner = new GitRunner(join(world.folder, 'cache'));
  const waiting = provider.with('https://git.example.com/app', undefined, (access) =>
    runner.run({ args: ['-c', 'alias.wait=!sleep 60', 'wait'], access, timeoutMs: 50, signal: never }),
  );
  await expect(waiting).rejects.toMatchObject({
    code: 'git_timed_out',
    message: expect.stringMatching(/^https:\/\/git\.example\.com\/app could not be read in time/) as string,
  });
});

test('a checkout whose job is cancelled counts as no failure of the repository', async () => {
  const request = world.request(world.repository.commit({ a: 'a' }));
  const cancelled = AbortSignal.abort(new Error('cancelled'));
  await expect(world.git.checkout.checkOut(request, cancelled)).rejects.toThrow('cancelled');
  expect(world.metrics.get('danube_git_clone_total', { auth_method: 'none', status: 'aborted' })).toBe(1);
});

test('aborting ends git and its helpers, and leaves the next checkout unharmed', async () => {
  const silent = createServer();
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const abort = new AbortController();
  const repositoryUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/x`;
  const running = world.git.checkout.resolve(repositoryUrl, 'main', openToAll, abort.signal);
  const [socket] = (await once(silent, 'connection')) as [Socket];
  const closed = once(socket.resume(), 'close');
  abort.abort(new Error('cancelled'));
  await expect(running).rejects.toThrow('cancelled');
  await closed;
  silent.close();
});

test('a git that outlived its master is ended before its lock is taken away', async () => {
  const commit = world.repository.commit({ 'a.txt': '1' });
  await world.git.checkout.checkOut(world.request(commit), never);
  const gone = spawnSync('true').pid;
  const orphan = spawn('sleep', ['60'], {
    env: { ...process.env, DANUBE_GIT_OWNER: `${join(world.folder, 'cache')}#${gone}` },
  });
  const ended = once(orphan, 'exit');
  writeFileSync(join(world.mirror(), 'shallow.lock'), '');
  await world.git.checkout.checkOut(world.request(world.repository.commit({ 'a.txt': '2' })), never);
  expect(await ended).toEqual([null, 'SIGKILL']);
});
