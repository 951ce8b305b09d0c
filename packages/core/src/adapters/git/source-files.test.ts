import { symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CheckoutFixture, openToAll } from '@danube/test-support/checkout-fixture.js';
import { startGitHttpServer } from '@danube/test-support/git-http-server.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceCommit } from '../../services/ports/source-files.js';

const never = new AbortController().signal;
let world: CheckoutFixture;
beforeEach(() => {
  world = new CheckoutFixture();
});
afterEach(() => world.remove());

const at = (commit: string, change: Partial<SourceCommit> = {}): SourceCommit => ({
  repositoryUrl: world.repository.url,
  commit,
  ref: 'refs/heads/main',
  access: openToAll,
  ...change,
});
const read = (commit: string, path: string) => world.git.files.readFile(at(commit), path, never);

test('a file of a commit is read with its blob id, whatever the branch has since', async () => {
  const commit = world.repository.commit({ 'ci/danubefile.py': 'print("ü")\n', 'a[1]*.txt': 'odd', empty: '' });
  const blobId = world.repository.git('rev-parse', 'HEAD:ci/danubefile.py').trim();
  world.repository.commit({ 'ci/danubefile.py': 'changed' });
  expect(await read(commit, 'ci/danubefile.py')).toEqual({ blobId, text: 'print("ü")\n' });
  expect(await read(commit, 'a[1]*.txt')).toMatchObject({ text: 'odd' });
  expect(await read(commit, 'empty')).toMatchObject({ text: '' });
  for (const path of ['missing.py', 'ci/missing.py', 'a*', 'ci/danubefile.py/x']) {
    expect(await read(commit, path)).toBeUndefined();
  }
});

test('what is no file of text is refused with the reason', async () => {
  symlinkSync('/etc/passwd', join(world.repository.path, 'link.py'));
  writeFileSync(join(world.repository.path, 'latin.py'), Buffer.from([0x23, 0xe9, 0x0a]));
  const commit = world.repository.commit({ 'big.py': 'x'.repeat(1024 * 1024 + 1), 'ci/a.py': 'a' });
  const refusals: readonly [string, string][] = [
    ['link.py', 'link.py is a link'],
    ['latin.py', 'latin.py is not UTF-8'],
    ['big.py', 'big.py is 1048577 bytes; at most 1048576 are read'],
    ['ci', 'ci is no file'],
    ['../secret', 'is no path in a repository'],
    ['/etc/passwd', 'is no path in a repository'],
    ['--help', ''],
  ];
  for (const [path, message] of refusals.slice(0, -1)) {
    await expect(read(commit, path)).rejects.toMatchObject({
      code: 'source_file_refused',
      category: 'invalid',
      message: expect.stringContaining(message) as string,
    });
  }
  expect(await read(commit, '--help')).toBeUndefined();
});

/**
 * base ── main (a changed)
 *      └─ side (b changed, old.txt renamed)
 */
function fork(): { base: string; main: string; side: string } {
  const base = world.repository.commit({ 'a.txt': 'a', 'b.txt': 'b', 'old.txt': 'a long text to be recognised\n' });
  world.repository.git('checkout', '-q', '-b', 'side');
  world.repository.git('mv', 'old.txt', 'new ü.txt');
  const side = world.repository.commit({ 'b.txt': 'b2', 'x\ny': 'odd' });
  world.repository.git('checkout', '-q', 'main');
  const main = world.repository.commit({ 'a.txt': 'a2' });
  return { base, main, side };
}

test('changed paths: all that differs, or what one side did, with both names of what was renamed', async () => {
  const { base, main, side } = fork();
  const source = at(side, { ref: 'refs/heads/side' });
  const ofSide = ['b.txt', 'new ü.txt', 'old.txt', 'x\ny'];
  const changed = async (from: string, compare: 'direct' | 'merge_base') =>
    [...(await world.git.files.changedPaths(source, from, compare, never))].sort();
  expect(await changed(base, 'direct')).toEqual(ofSide);
  expect(await changed(main, 'direct')).toEqual(['a.txt', ...ofSide]);
  expect(await changed(main, 'merge_base')).toEqual(ofSide);
  expect(await changed(side, 'direct')).toEqual([]);
});

test('comparing downloads no files, and what a checkout brought is not downloaded again', async () => {
  world.repository.commit({ 'large.txt': Array.from({ length: 40_000 }, (_, n) => (n * 7919) % 100_003).join(' ') });
  const { main, side } = fork();
  const server = await startGitHttpServer(dirname(world.repository.path));
  const repositoryUrl = `${server.url}/${basename(world.repository.path)}`;
  const source = at(side, { repositoryUrl, ref: 'refs/heads/side' });
  expect(await world.git.files.changedPaths(source, main, 'merge_base', never)).toContain('b.txt');
  expect(server.bytesSent).toBeLessThan(20_000);
  await world.git.files.readFile(source, 'b.txt', never);
  await world.git.files.readFile({ ...source, commit: main }, 'b.txt', never);
  const before = server.requests.length;
  expect(await world.git.files.changedPaths(source, main, 'direct', never)).toContain('a.txt');
  await world.git.checkout.checkOut(world.request(side, { repositoryUrl }), never);
  expect(server.requests).toHaveLength(before);
  await server.close();
});

test('without anything in common everything of the commit counts', async () => {
  const main = world.repository.commit({ 'a.txt': 'a' });
  world.repository.git('checkout', '-q', '--orphan', 'other');
  const other = world.repository.commit({ 'b.txt': 'b' });
  const source = at(other, { ref: 'refs/heads/other' });
  expect(await world.git.files.changedPaths(source, main, 'merge_base', never)).toEqual(['a.txt', 'b.txt']);
});

test('a base that is gone is said to be gone', async () => {
  const commit = world.repository.commit({ 'a.txt': 'a' });
  await expect(world.git.files.changedPaths(at(commit), 'a'.repeat(40), 'direct', never)).rejects.toMatchObject({
    code: 'commit_not_found',
  });
});
