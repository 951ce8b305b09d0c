import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgeIdentity } from '../age/age-identity.js';
import { readOrCreateIdentity } from './identity-file.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-identity-'));
  path = join(folder, 'keys', 'age.identity');
});
afterEach(() => rm(folder, { recursive: true }));

const readOrCreate = () => readOrCreateIdentity(path, AgeIdentity, () => Promise.resolve(true));

test('the first start makes one that only the owner can read, later starts read it', async () => {
  const { recipient } = await readOrCreate();
  expect(recipient).toMatch(/^age1/);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toMatch(
    new RegExp(`^# public key: ${recipient}\nAGE-SECRET-KEY-1[A-Z0-9]{58}\n$`),
  );
  expect((await readOrCreate()).recipient).toBe(recipient);
  await rm(path);
  expect((await readOrCreate()).recipient).not.toBe(recipient);
});

test('starts at the same moment agree on one', async () => {
  const identities = await Promise.all(Array.from({ length: 10 }, readOrCreate));
  expect(new Set(identities.map(({ recipient }) => recipient)).size).toBe(1);
  expect(await readdir(join(folder, 'keys'))).toEqual(['age.identity']);
});

test('a missing one is not replaced where something is sealed for it', async () => {
  const start = readOrCreateIdentity(path, AgeIdentity, () => Promise.resolve(false));
  await expect(start).rejects.toMatchObject({
    code: 'age_identity_missing',
    message: expect.stringContaining(path) as string,
  });
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  ['readable by the group', () => chmod(path, 0o640), /is open to other users.*chmod 600/],
  ['readable by others', () => chmod(path, 0o604), /is open to other users/],
  ['empty', () => writeFile(path, ''), /holds no age identity/],
  ['something else', () => writeFile(path, 'hunter2'), /holds no age identity/],
  ['too long', () => writeFile(path, '#'.repeat(5000)), /has 5000 bytes; 4096 are accepted/],
  ['a folder', () => rm(path).then(() => mkdir(path)), /is not a regular file/],
  ['a pipe', () => rm(path).then(() => execFileSync('mkfifo', ['-m', '600', path])), /is not a regular file/],
  ['a link', () => rename(path, `${path}.real`).then(() => symlink(`${path}.real`, path)), /is a symbolic link/],
])('a file that is %s is refused', async (_case, spoil, message) => {
  await readOrCreate();
  await spoil();
  await expect(readOrCreate()).rejects.toMatchObject({
    code: 'age_identity_unusable',
    message: expect.stringMatching(message) as string,
  });
});
