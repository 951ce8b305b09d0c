import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CheckoutFixture, openToAll } from '@danube/test-support/checkout-fixture.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const never = new AbortController().signal;
let world: CheckoutFixture;
let commit: string;
beforeEach(() => {
  world = new CheckoutFixture();
  commit = world.repository.commit({ 'teams.yaml': randomBytes(3000).toString('hex') });
});
afterEach(() => world.remove());

function packed(mirror: string, ending: string): string {
  const folder = join(mirror, 'objects/pack');
  const file = join(folder, readdirSync(folder).find((name) => name.endsWith(ending)) ?? '');
  chmodSync(file, 0o644);
  return file;
}

/** Other bytes everywhere behind the head. */
function overwrite(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 12), randomBytes(bytes.length - 12)]));
}

const breakages: readonly [string, (mirror: string) => void][] = [
  ['a pack that was cut', (mirror) => truncateSync(packed(mirror, '.pack'), 100)],
  ['a pack of other bytes', (mirror) => overwrite(packed(mirror, '.pack'))],
  ['an index that was cut', (mirror) => truncateSync(packed(mirror, '.idx'), 50)],
  ['no packs', (mirror) => rmSync(packed(mirror, '.pack'))],
  ['no objects', (mirror) => rmSync(join(mirror, 'objects'), { recursive: true })],
  ['an empty HEAD', (mirror) => truncateSync(join(mirror, 'HEAD'), 0)],
  ['half a configuration', (mirror) => writeFileSync(join(mirror, 'config'), '[core\n')],
  ['a torn list of history ends', (mirror) => writeFileSync(join(mirror, 'shallow'), '\0'.repeat(41))],
  ['a torn list of refs', (mirror) => writeFileSync(join(mirror, 'packed-refs'), 'xx\n')],
];

describe.each(breakages)('a mirror with %s', (_, breakIt) => {
  test.each([1, 0])('is made anew by a checkout with a depth of %i', async (depth) => {
    await world.git.checkout.checkOut(world.request(commit, { depth }), never);
    breakIt(world.mirror());
    await world.git.checkout.checkOut(world.request(commit, { depth }), never);
    expect(world.inWorkspace('status', '--porcelain')).toBe('');
    const next = world.repository.commit({ 'b.txt': 'b' });
    await world.git.checkout.checkOut(world.request(next, { depth }), never);
    expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(next);
  });

  test('is made anew by whoever reads it', async () => {
    const source = { repositoryUrl: world.repository.url, commit, ref: 'refs/heads/main', access: openToAll };
    await world.git.files.readFile(source, 'teams.yaml', never);
    breakIt(world.mirror());
    expect(await world.git.files.readFile(source, 'teams.yaml', never)).toBeDefined();
    const { url } = world.repository;
    const config = world.git.configRepository({ url, branch: 'main', access: () => Promise.resolve(openToAll) });
    breakIt(world.mirror());
    const head = await config.fetchHead(never);
    expect((await config.readFiles(head, never)).map(({ text }) => text.length)).toEqual([6000]);
  });
});

test.each([
  ['x'.repeat(300), 'File name too long'],
  ['.git', "invalid path '.git'"],
])('a commit with a file of the name %s is refused, and the mirror stays', async (name, reason) => {
  await world.git.checkout.checkOut(world.request(commit), never);
  const made = statSync(world.mirror()).ino;
  const blob = world.repository.git('rev-parse', 'HEAD:teams.yaml').trim();
  const tree = join(world.folder, 'tree');
  const entry = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')]);
  writeFileSync(tree, entry);
  const root = world.repository.git('hash-object', '-t', 'tree', '-w', '--literally', tree).trim();
  const odd = world.repository.git('commit-tree', '-m', 'odd', root).trim();
  world.repository.git('update-ref', 'refs/heads/main', odd);
  await expect(world.git.checkout.checkOut(world.request(odd), never)).rejects.toMatchObject({
    code: 'commit_unusable',
    message: expect.stringContaining(reason) as string,
  });
  expect(statSync(world.mirror()).ino).toBe(made);
});

test('what an ended fetch has left of a pack goes with the next one', async () => {
  await world.git.checkout.checkOut(world.request(commit), never);
  const left = join(world.mirror(), 'objects/pack/tmp_pack_AbCdEf');
  writeFileSync(left, 'half');
  await world.git.checkout.checkOut(world.request(world.repository.commit({ 'b.txt': 'b' })), never);
  expect(readdirSync(join(world.mirror(), 'objects/pack')).filter((name) => name.startsWith('tmp_'))).toEqual([]);
});

test.skipIf(process.getuid?.() !== 0)('a full disk is named, and what took it is given back', async () => {
  const cache = join(world.folder, 'cache');
  mkdirSync(cache);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', cache]);
  try {
    const large = world.repository.commit({ 'large.bin': randomBytes(4_000_000) });
    await expect(world.git.checkout.checkOut(world.request(large), never)).rejects.toMatchObject({
      code: 'git_disk_full',
    });
    const small = world.repository.commit({ 'large.bin': 'small' });
    await world.git.checkout.checkOut(world.request(small), never);
    expect(world.inWorkspace('rev-parse', 'HEAD')).toBe(small);
  } finally {
    execFileSync('umount', [cache]);
  }
});
