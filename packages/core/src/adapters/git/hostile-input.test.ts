import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CheckoutFixture, openToAll } from '@danube/test-support/checkout-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

const never = new AbortController().signal;
let world: CheckoutFixture;
let commit: string;
beforeEach(() => {
  world = new CheckoutFixture();
  commit = world.repository.commit({ 'a.txt': 'a' });
});
afterEach(() => {
  expect(existsSync('PWNED'), 'a command ran').toBe(false);
  world.remove();
});

const urls = [
  'ext::sh -c "touch PWNED"',
  'fd::17',
  '--upload-pack=touch PWNED',
  '-u./x',
  'ssh://-oProxyCommand=touch%20PWNED/app',
  'git@-oProxyCommand=x:app',
  'ssh://git@%2doProxyCommand=x/app',
  'https://example.com/a\nb',
  'https://example.com/a\0b',
  'https://example.com/a\u001b[2Jb',
  'https://user:pw@example.com/app',
  'ftp://example.com/app',
  'a b',
  '',
];
test.each(urls)('the URL %j is refused by every question', async (repositoryUrl) => {
  const source = { repositoryUrl, commit, ref: 'refs/heads/main', access: openToAll };
  for (const attempt of [
    () => world.git.checkout.resolve(repositoryUrl, 'main', openToAll, never),
    () => world.git.checkout.checkOut(world.request(commit, { repositoryUrl }), never),
    () => world.git.files.readFile(source, 'a.txt', never),
    () => world.git.files.changedPaths(source, commit, 'merge_base', never),
  ]) {
    await expect(attempt().then(() => undefined)).rejects.toMatchObject({ code: 'repository_url_refused' });
  }
});

test.each(['--upload-pack=touch PWNED', '-x', 'a b', 'a\nb', '$(touch PWNED)', 'a..b', 'a:b', 'refs/heads/*', '^a'])(
  'the ref %j is refused by every question',
  async (ref) => {
    const source = { repositoryUrl: world.repository.url, commit, ref, access: openToAll };
    for (const attempt of [
      () => world.git.checkout.resolve(world.repository.url, ref, openToAll, never),
      () => world.git.checkout.checkOut(world.request(commit, { ref }), never),
      () => world.git.files.readFile(source, 'a.txt', never),
      () => world.git.files.changedPaths(source, commit, 'merge_base', never),
    ]) {
      await expect(attempt().then(() => undefined)).rejects.toMatchObject({ code: 'ref_name_refused' });
    }
  },
);

test.each(['--upload-pack=touch PWNED', 'main', '-x', 'HEAD', 'A'.repeat(40), `${'a'.repeat(39)}\n`])(
  'the commit %j is refused by every question',
  async (name) => {
    const source = { repositoryUrl: world.repository.url, commit: name, ref: 'refs/heads/main', access: openToAll };
    for (const attempt of [
      () => world.git.checkout.checkOut(world.request(name), never),
      () => world.git.files.readFile(source, 'a.txt', never),
      () => world.git.files.changedPaths({ ...source, commit }, name, 'direct', never),
    ]) {
      await expect(attempt().then(() => undefined)).rejects.toMatchObject({ code: 'commit_name_refused' });
    }
  },
);

test('a repository whose path has blanks and quotes is as good as any', async () => {
  const odd = new CheckoutFixture(`danube o'dd "$(touch PWNED)" - `);
  const head = odd.repository.commit({ 'a b.txt': 'a' });
  await odd.git.checkout.checkOut(odd.request(head, { depth: 0 }), never);
  expect(readdirSync(odd.workspace).sort()).toEqual(['.git', 'a b.txt']);
  expect(existsSync(join(odd.folder, 'PWNED'))).toBe(false);
  odd.remove();
});
