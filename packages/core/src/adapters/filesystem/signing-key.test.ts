import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOrCreateSigningKey } from './signing-key.js';

let folder: string;
let privateKey: string;
let publicKey: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-signing-key-'));
  privateKey = join(folder, 'keys', 'signing.key');
  publicKey = `${privateKey}.pub`;
});
afterEach(() => rm(folder, { recursive: true }));

const readOrCreate = () => readOrCreateSigningKey({ privateKey, publicKey });
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const newKey = (type: 'ed25519' | 'x25519') => {
  const pair = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return {
    privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicPem: pair.publicKey.export({ type: 'spki', format: 'pem' }),
  };
};

test('the first start makes both halves as PEM, the private one for its owner only, and later starts read them', async () => {
  const made = await readOrCreate();
  expect(made.created).toBe(true);
  expect([await modeOf(privateKey), await modeOf(publicKey)]).toEqual(['600', '644']);
  expect(await readdir(join(folder, 'keys'))).toEqual(['signing.key', 'signing.key.pub']);
  expect(await readFile(privateKey, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  const pem = await readFile(publicKey, 'utf8');
  expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  expect(createPublicKey(made.privateKey).equals(createPublicKey(pem))).toBe(true);
  const read = await readOrCreate();
  expect([read.created, read.privateKey.equals(made.privateKey)]).toEqual([false, true]);
});

test('starts at the same moment agree on one key', async () => {
  const keys = await Promise.all(Array.from({ length: 10 }, readOrCreate));
  for (const { privateKey: key } of keys) expect(key.equals(keys[0]!.privateKey)).toBe(true);
  expect(await readdir(join(folder, 'keys'))).toEqual(['signing.key', 'signing.key.pub']);
});

test('a public half that is missing, as after a crash between the two, is written again', async () => {
  await readOrCreate();
  const pem = await readFile(publicKey, 'utf8');
  await rm(publicKey);
  expect((await readOrCreate()).created).toBe(false);
  expect(await readFile(publicKey, 'utf8')).toBe(pem);
});

test('a private half that is missing is not replaced', async () => {
  await readOrCreate();
  await rm(privateKey);
  await expect(readOrCreate()).rejects.toMatchObject({
    code: 'signing_key_missing',
    message: expect.stringContaining(privateKey) as string,
  });
  await expect(stat(privateKey)).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  [
    'private key readable by the group',
    () => chmod(privateKey, 0o640),
    /signing\.key is open to other users.*chmod 600/,
  ],
  ['private key readable by others', () => chmod(privateKey, 0o604), /is open to other users/],
  ['private key that is empty', () => writeFile(privateKey, ''), /holds no Ed25519 private key/],
  [
    'private key that is cut off',
    async () => writeFile(privateKey, (await readFile(privateKey)).subarray(0, 60)),
    /no Ed/,
  ],
  ['private key of another kind', () => writeFile(privateKey, newKey('x25519').privatePem), /holds no Ed25519/],
  ['private key that is a folder', () => rm(privateKey).then(() => mkdir(privateKey)), /is not a regular file/],
  [
    'private key that is a link',
    () => rename(privateKey, `${privateKey}.real`).then(() => symlink(`${privateKey}.real`, privateKey)),
    /is a symbolic link/,
  ],
  ['public key of another pair', () => writeFile(publicKey, newKey('ed25519').publicPem), /is not the public half/],
  ['public key that is no key', () => writeFile(publicKey, 'ssh-ed25519 AAAA'), /is not the public half/],
  ['public key that is a folder', () => rm(publicKey).then(() => mkdir(publicKey)), /pub is not a regular file/],
  ['public key that others can write', () => chmod(publicKey, 0o664), /pub can be written by other users.*chmod 644/],
])('a %s is refused', async (_case, spoil, message) => {
  await readOrCreate();
  const secret = (await readFile(privateKey, 'utf8')).split('\n')[1] ?? '';
  await spoil();
  const error = (await readOrCreate().catch((thrown: unknown) => thrown)) as Error;
  expect(error).toMatchObject({ code: 'signing_key_unusable', message: expect.stringMatching(message) as string });
  expect(error.message).not.toContain(secret);
});
