import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import { createPrivateFile, flush, isCode } from './private-file.js';

const keyBytes = 32;

/**
 * The key that stored secrets are sealed with. `mayBeMade` is asked where there is no key file yet: false where something was
 * sealed before, which a new key could not open. Safe against two starts at once: both get the same key.
 * @throws DanubeError `encryption_key_unusable`, `encryption_key_missing` (invalid)
 */
export async function readOrCreateEncryptionKey(path: string, mayBeMade: () => Promise<boolean>): Promise<Buffer> {
  const existing = await read(path);
  if (existing !== undefined) return existing;
  if (!(await mayBeMade())) throw missing(path);
  await createPrivateFile(path, randomBytes(keyBytes));
  return (await read(path)) ?? Promise.reject(missing(path));
}

/** The key that a rotation has made and not put in place yet; undefined where none is under way. */
export function readNextEncryptionKey(path: string): Promise<Buffer | undefined> {
  return read(nextPath(path));
}

/** Makes the key that is to come after the one at `path`, and flushes it. */
export async function createNextEncryptionKey(path: string): Promise<Buffer> {
  const next = nextPath(path);
  await createPrivateFile(next, randomBytes(keyBytes));
  return (await read(next)) ?? Promise.reject(missing(next));
}

/** Puts the next key in the place of the present one, which is gone then. */
export async function promoteNextEncryptionKey(path: string): Promise<void> {
  await rename(nextPath(path), path);
  await flush(dirname(path));
}

export async function discardNextEncryptionKey(path: string): Promise<void> {
  await rm(nextPath(path), { force: true });
}

function nextPath(path: string): string {
  return `${path}.next`;
}

async function read(path: string): Promise<Buffer | undefined> {
  // without waiting: opening a pipe would otherwise last until somebody writes to it
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined;
    throw isCode(error, 'ELOOP') ? unusable(path, 'is a symbolic link') : error;
  });
  if (file === undefined) return undefined;
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw unusable(path, 'is not a regular file');
    if ((stat.mode & 0o077) !== 0) {
      throw unusable(path, 'is open to other users, who may have read it; "chmod 600" closes it');
    }
    if (stat.size !== keyBytes) throw unusable(path, `has ${stat.size} bytes instead of ${keyBytes}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function unusable(path: string, problem: string): DanubeError {
  return new DanubeError(
    'encryption_key_unusable',
    `the encryption key ${path} ${problem}; it must be a file of ${keyBytes} bytes that only its owner can read`,
    { category: 'invalid' },
  );
}

function missing(path: string): DanubeError {
  return new DanubeError(
    'encryption_key_missing',
    `the database holds sealed secrets, but their key ${path} is gone; restore it from the backup`,
    { category: 'invalid' },
  );
}
