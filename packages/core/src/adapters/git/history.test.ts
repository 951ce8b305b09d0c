import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CheckoutFixture } from '@danube/test-support/checkout-fixture.js';
import { type GitHttpServer, startGitHttpServer } from '@danube/test-support/git-http-server.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GitRunner } from './git-runner.js';
import { tidyMirror } from './mirror-upkeep.js';

const never = new AbortController().signal;
let world: CheckoutFixture;
let server: GitHttpServer | undefined;
beforeEach(() => {
  world = new CheckoutFixture();
});
afterEach(async () => {
  await server?.close();
  world.remove();
});

async function serve(options: { readonly oldProtocol?: boolean } = {}): Promise<string> {
  server = await startGitHttpServer(dirname(world.repository.path), options);
  return `${server.url}/${basename(world.repository.path)}`;
}

const commits = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => world.repository.commit({ 'a.txt': `${n}`, [`${n}.txt`]: `${n}` }));

async function historyAt(commit: string, depth: number, repositoryUrl: string): Promise<string[]> {
  await world.git.checkout.checkOut(world.request(commit, { repositoryUrl, depth }), never);
  world.inWorkspace('fsck', '--strict');
  return world.inWorkspace('rev-list', 'HEAD').split('\n');
}

test.each([
  [1, 1],
  [3, 3],
  [50, 6],
  [0, 6],
])('a depth of %d gives %d of 6 commits', async (depth, expected) => {
  const made = commits(6);
  const url = await serve();
  expect(await historyAt(made[5] ?? '', depth, url)).toEqual(made.reverse().slice(0, expected));
  expect(world.inWorkspace('status', '--porcelain')).toBe('');
});

test('limited histories of several commits do not shorten one another', async () => {
  const made = commits(6);
  const url = await serve();
  const of = (last: number) => made.slice(last - 2, last + 1).reverse();
  for (const last of [2, 5, 4]) expect(await historyAt(made[last] ?? '', 3, url)).toEqual(of(last));
  await server?.close();
  for (const last of [4, 2, 5]) expect(await historyAt(made[last] ?? '', 3, url)).toEqual(of(last));
});

test('limited histories stay whole when their mirror is packed anew much later', async () => {
  const made = commits(6);
  const { url } = world.repository;
  for (const last of [3, 4, 5]) await historyAt(made[last] ?? '', 3, url);
  const packs = join(world.mirror(), 'objects/pack');
  const longAgo = new Date(Date.now() - 30 * 24 * 3_600_000);
  for (const name of readdirSync(packs)) utimesSync(join(packs, name), longAgo, longAgo);
  const runner = new GitRunner(join(world.folder, 'cache'));
  await tidyMirror(runner, world.mirror(), { keepHidden: true, maxPacks: 3 }, never);
  expect(readdirSync(packs).filter((name) => name.endsWith('.pack'))).toHaveLength(1);
  rmSync(world.repository.path, { recursive: true });
  expect(await historyAt(made[3] ?? '', 3, url)).toEqual([made[3], made[2], made[1]]);
});

test('a merge brings both sides', async () => {
  const [base = ''] = commits(1);
  world.repository.git('checkout', '-q', '-b', 'side');
  const side = world.repository.commit({ 'side.txt': 's' });
  world.repository.git('checkout', '-q', 'main');
  const main = world.repository.commit({ 'main.txt': 'm' });
  world.repository.git('merge', '-q', '--no-ff', '-m', 'merge', 'side');
  const merge = world.repository.head();
  const found = await historyAt(merge, 2, await serve());
  expect(new Set(found)).toEqual(new Set([merge, main, side]));
  expect(found).not.toContain(base);
});

test('all history comes with tags, also with one that was set later on a known commit', async () => {
  const made = commits(3);
  world.repository.git('tag', '-a', '-m', 'first', 'v1', made[0] ?? '');
  const url = await serve();
  await historyAt(made[2] ?? '', 0, url);
  expect(world.inWorkspace('describe')).toMatch(/^v1-2-g/);
  world.repository.git('tag', '-a', '-m', 'second', 'v2', made[2] ?? '');
  const request = world.request(made[2] ?? '', { repositoryUrl: url, depth: 0, ref: 'refs/tags/v2' });
  await world.git.checkout.checkOut(request, never);
  expect(world.inWorkspace('describe')).toBe('v2');
});

test.each([3, 0])('where a server refuses bare commits, a depth of %d is kept below the tip as well', async (depth) => {
  const made = commits(6);
  const url = await serve({ oldProtocol: true });
  const found = await historyAt(made[3] ?? '', depth, url);
  expect(found.slice(0, 3)).toEqual([made[3], made[2], made[1]]);
  expect(await historyAt(made[5] ?? '', 3, url)).toEqual([made[5], made[4], made[3]]);
});

test.each([1, 3, 0])(
  'with depth %d a second job downloads nothing, and the next commit only what is new',
  async (depth) => {
    world.repository.commit({ 'large.bin': randomText(300_000) });
    const [first = ''] = commits(4).slice(-1);
    const url = await serve();
    await historyAt(first, depth, url);
    const { bytesSent = 0 } = server ?? {};
    const requests = server?.requests.length;
    expect(bytesSent).toBeGreaterThan(200_000);
    await historyAt(first, depth, url);
    expect(server?.requests).toHaveLength(requests ?? 0);
    await historyAt(world.repository.commit({ 'b.txt': 'b' }), depth, url);
    expect((server?.bytesSent ?? 0) - bytesSent).toBeLessThan(20_000);
  },
);

function randomText(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}
