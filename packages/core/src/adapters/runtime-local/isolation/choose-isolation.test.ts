import { mkdtemp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseIsolation } from './choose-isolation.js';
import { findAccount } from './find-account.js';
import { hiddenPaths } from './hidden-paths.js';
import { letThrough } from './let-through.js';
import { openIsolation } from './open-isolation.js';
import { tryBubblewrap } from './try-bubblewrap.js';

const account = { name: 'danube-jobs', uid: 990, gid: 990 };
const user = { isolation: { mode: 'user', account } } as const;
const missing = { problem: 'bubblewrap is not installed', remedy: 'install it' };
const noAccount = { problem: 'there is no account', remedy: 'make it' };

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'danube-isolation-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

test('"auto" takes the best that works, and says what to do where nothing does', async () => {
  const auto = (bubblewrap: object, separate: object) =>
    chooseIsolation('auto', {
      bubblewrap: () => Promise.resolve(bubblewrap as typeof missing),
      user: () => Promise.resolve(separate as typeof noAccount),
    });
  const sandbox = { isolation: { mode: 'bubblewrap' } };
  expect(await auto(sandbox, user)).toEqual(sandbox.isolation);
  expect(await auto(missing, user)).toEqual(user.isolation);
  const none = await auto(missing, noAccount);
  expect(none).toMatchObject({ mode: 'none', advice: expect.stringMatching(/install it.*make it/) as string });
});

test('one that is named and does not work is an error that says why and what to do', async () => {
  const ways = { bubblewrap: () => Promise.resolve(missing), user: () => Promise.resolve(user) };
  await expect(chooseIsolation('bubblewrap', ways)).rejects.toMatchObject({
    code: 'isolation_unavailable',
    message: expect.stringMatching(/"bubblewrap".*not installed: install it/) as string,
  });
  expect(await chooseIsolation('user', ways)).toEqual(user.isolation);
});

test('a bubblewrap that the system forbids is told from one that is absent, with what it said', async () => {
  await writeFile(
    join(folder, 'bwrap'),
    '#!/bin/sh\necho "bwrap: No permissions to create new namespace" >&2; exit 1\n',
    {
      mode: 0o755,
    },
  );
  const paths = { hidden: [], masked: [], visible: [] };
  expect(await tryBubblewrap(paths, undefined, { PATH: folder })).toMatchObject({
    problem: expect.stringContaining('No permissions to create new namespace') as string,
    remedy: expect.stringContaining('user namespaces') as string,
  });
  expect(await tryBubblewrap(paths, undefined, { PATH: '/nowhere' })).toMatchObject({
    problem: 'bubblewrap is not installed',
  });
});

test('accounts are found by name; root is none', async () => {
  expect(await findAccount('nobody')).toMatchObject({ name: 'nobody', uid: expect.any(Number) as number });
  expect(await findAccount('root')).toBeUndefined();
  expect(await findAccount('no-such-account')).toBeUndefined();
});

test.skipIf(userInfo().uid !== 0)('an account that is named and is not there stops the start', async () => {
  const settings = { isolation: 'auto', localUser: 'no-such-account' } as const;
  const paths = { secretFolders: [], secretFiles: [], needed: [] };
  await expect(openIsolation(settings, folder, paths)).rejects.toMatchObject({
    code: 'isolation_unavailable',
    message: expect.stringContaining('useradd --system no-such-account') as string,
  });
});

test('what is needed stays visible, but never with the data directory in it', async () => {
  const data = join(folder, 'home', 'data');
  await mkdir(data, { recursive: true });
  await mkdir(join(folder, 'home', 'python'));
  await writeFile(join(folder, 'key'), '');
  const home = join(folder, 'home');
  const found = hiddenPaths({
    secretFolders: [data, home, '/'],
    secretFiles: [join(folder, 'key'), '/etc/passwd', join(home, 'absent')],
    needed: [join(home, 'python'), folder, '/usr/bin'],
  });
  expect(found.hidden).toEqual(expect.arrayContaining([data, home]));
  expect(found.hidden).not.toContain('/');
  expect(found.masked).toEqual(['/etc/passwd']);
  expect(found.visible).toContain(join(home, 'python'));
  expect(found.visible).not.toContain(folder);
});

test.skipIf(userInfo().uid !== 0)('the account gets to the folder of the jobs, and to nothing else', async () => {
  await mkdir(join(folder, 'jobs'));
  await writeFile(join(folder, 'danube.db'), '', { mode: 0o644 });
  await mkdir(join(folder, 'artifacts'), { mode: 0o755 });
  await letThrough(folder, account);
  const modes = await Promise.all(['.', 'jobs', 'danube.db', 'artifacts'].map((name) => stat(join(folder, name))));
  expect(modes.map(({ mode, gid }) => [mode & 0o777, gid])).toEqual([
    [0o710, account.gid],
    [0o710, account.gid],
    [0o600, 0],
    [0o700, 0],
  ]);
});
