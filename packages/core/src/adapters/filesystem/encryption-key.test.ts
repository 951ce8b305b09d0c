import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOrCreateEncryptionKey } from './encryption-key.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-encryption-key-'));
  path = join(folder, 'keys', 'encryption.key');
});
afterEach(() => rm(folder, { recursive: true }));

const readOrCreate = () => readOrCreateEncryptionKey(path, () => Promise.resolve(true));

test('the first start makes 32 random bytes that only the owner can read, later starts read them', async () => {
  const key = await readOrCreate();
  expect(key).toHaveLength(32);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await readFile(path)).equals(key)).toBe(true);
  expect(await readdir(join(folder, 'keys'))).toEqual(['encryption.key']);
  expect((await readOrCreate()).equals(key)).toBe(true);
  await rm(path);
  expect((await readOrCreate()).equals(key)).toBe(false);
});

test('starts at the same moment agree on one key', async () => {
  const keys = await Promise.all(Array.from({ length: 10 }, readOrCreate));
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  expect(await readdir(join(folder, 'keys'))).toEqual(['encryption.key']);
});

test('a missing key is not replaced where something is sealed with it', async () => {
  const start = readOrCreateEncryptionKey(path, () => Promise.resolve(false));
  await expect(start).rejects.toMatchObject({
    code: 'encryption_key_missing',
    message: expect.stringContaining(path) as string,
  });
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  ['readable by the group', () => chmod(path, 0o640), /is open to other users.*chmod 600/],
  ['readable by others', () => chmod(path, 0o604), /is open to other users/],
  ['writable by the group', () => chmod(path, 0o620), /is open to other users/],
  ['empty', () => writeFile(path, ''), /has 0 bytes instead of 32/],
  ['too long', () => writeFile(path, Buffer.alloc(33)), /has 33 bytes instead of 32/],
  ['hexadecimal text', () => writeFile(path, 'ab'.repeat(32)), /has 64 bytes instead of 32/],
  ['a folder', () => rm(path).then(() => mkdir(path)), /is not a regular file/],
  ['a pipe', () => rm(path).then(() => execFileSync('mkfifo', ['-m', '600', path])), /is not a regular file/],
  ['a link', () => rename(path, `${path}.real`).then(() => symlink(`${path}.real`, path)), /is a symbolic link/],
])('a key file that is %s is refused', async (_case, spoil, message) => {
  await readOrCreate();
  await spoil();
  await expect(readOrCreate()).rejects.toMatchObject({
    code: 'encryption_key_unusable',
    message: expect.stringMatching(message) as string,
  });
});
