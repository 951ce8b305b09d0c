import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import { createPrivateFile, flush } from './private-file.js';
import { readPrivateFile } from './read-private-file.js';

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

function read(path: string): Promise<Buffer | undefined> {
  return readPrivateFile(path, {
    sizeProblem: (bytes) => (bytes === keyBytes ? undefined : `has ${bytes} bytes instead of ${keyBytes}`),
    unusable: (problem) => unusable(path, problem),
  });
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
