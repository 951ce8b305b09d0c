import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, readFile, stat } from 'node:fs/promises';
import { DanubeError } from '@danube/plugin-api';
import { createPrivateFile, isCode } from './private-file.js';
import { readPrivateFile } from './read-private-file.js';

export interface SigningKeyPaths {
  readonly privateKey: string;
  readonly publicKey: string;
}

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** Whether this call has made it. */
  readonly created: boolean;
}

/**
 * The Ed25519 key that the server signs with, as PEM files: PKCS #8 (mode 0600) and SubjectPublicKeyInfo (0644). Made where
 * neither is there; a public half that is missing is written again. Safe against two starts at once.
 * @throws DanubeError `signing_key_unusable`, `signing_key_missing` (invalid)
 */
export async function readOrCreateSigningKey(paths: SigningKeyPaths): Promise<SigningKey> {
  // first the half that is made last: another start may be making both
  const hasPublicHalf = (await readPublicHalf(paths.publicKey)) !== undefined;
  const existing = await readPrivateHalf(paths.privateKey);
  if (existing === undefined && hasPublicHalf) throw missing(paths);
  if (existing === undefined) await createPrivateFile(paths.privateKey, newPrivateKey());
  const privateKey = existing ?? (await readPrivateHalf(paths.privateKey));
  if (privateKey === undefined) throw missing(paths);
  await ensurePublicHalf(paths, privateKey);
  return { privateKey, created: existing === undefined };
}

function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

async function readPrivateHalf(path: string): Promise<KeyObject | undefined> {
  const pem = await readPrivateFile(path, { unusable: (problem) => unusable(path, problem) });
  if (pem === undefined) return undefined;
  const key = parse(() => createPrivateKey(pem));
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw unusable(path, 'holds no Ed25519 private key in PEM; restore it from the backup');
}

async function ensurePublicHalf({ publicKey: path }: SigningKeyPaths, privateKey: KeyObject): Promise<void> {
  const expected = createPublicKey(privateKey);
  const pem = await readPublicHalf(path);
  if (pem === undefined) {
    await createPrivateFile(path, expected.export({ type: 'spki', format: 'pem' }));
    await chmod(path, 0o644);
  } else if (parse(() => createPublicKey(pem))?.equals(expected) !== true) {
    throw unusable(path, 'is not the public half of the key beside it; restore both from one backup');
  }
}

async function readPublicHalf(path: string): Promise<Buffer | undefined> {
  try {
    const file = await stat(path);
    if (!file.isFile()) throw unusable(path, 'is not a regular file');
    if ((file.mode & 0o022) !== 0) throw unusable(path, 'can be written by other users; "chmod 644" ends that');
    return await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Undefined where it cannot be read: the error of the library may quote the file. */
function parse(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function unusable(path: string, problem: string): DanubeError {
  return new DanubeError('signing_key_unusable', `the signing key ${path} ${problem}`, { category: 'invalid' });
}

function missing({ privateKey, publicKey }: SigningKeyPaths): DanubeError {
  return new DanubeError(
    'signing_key_missing',
    `${publicKey} is there, but its private half ${privateKey} is gone; restore it from the backup, or move the public half away to begin with a new key`,
    { category: 'invalid' },
  );
}
