import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UuidIdGenerator } from '../crypto/uuid-id-generator.js';
import { readOrCreateAdminToken } from './admin-token.js';

const ids = new UuidIdGenerator();
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-admin-token-'));
  path = join(folder, 'keys', 'admin.token');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('the first start makes a token that only the owner can read, later starts read it', async () => {
  const token = await readOrCreateAdminToken(path, ids);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toBe(`${token}\n`);
  expect(await readdir(join(folder, 'keys'))).toEqual(['admin.token']);
  expect(await readOrCreateAdminToken(path, ids)).toBe(token);
});

test('starts at the same moment agree on one token', async () => {
  const tokens = await Promise.all(Array.from({ length: 10 }, () => readOrCreateAdminToken(path, ids)));
  expect(new Set(tokens).size).toBe(1);
  expect(await readdir(join(folder, 'keys'))).toEqual(['admin.token']);
});

test('a file that others can read is closed', async () => {
  const token = await readOrCreateAdminToken(path, ids);
  await chmod(path, 0o644);
  expect(await readOrCreateAdminToken(path, ids)).toBe(token);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test.each(['', 'short', 'two tokens that are long enough'])('a file that holds %j is refused', async (text) => {
  await readOrCreateAdminToken(path, ids);
  await writeFile(path, text);
  await expect(readOrCreateAdminToken(path, ids)).rejects.toMatchObject({ code: 'admin_token_unusable' });
});
