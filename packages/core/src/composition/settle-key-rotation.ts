import { join } from 'node:path';
import { AesSecretCipher } from '../adapters/crypto/aes-secret-cipher.js';
import {
  discardNextEncryptionKey,
  promoteNextEncryptionKey,
  readNextEncryptionKey,
} from '../adapters/filesystem/encryption-key.js';
import { findOpening } from '../services/secrets/reseal-all.js';
import type { SealedValues } from '../services/ports/sealed-values.js';
import type { DataDirectory } from './data-directory.js';

export function encryptionKeyPath(data: DataDirectory): string {
  return join(data.keys, 'encryption.key');
}

/**
 * Ends a rotation that was cut short: the next key takes its place where the database is sealed with it already, and is
 * discarded where it has sealed nothing. Call it before the key is read. Idempotent.
 */
export async function settleKeyRotation(path: string, values: SealedValues): Promise<void> {
  const next = await readNextEncryptionKey(path);
  if (next === undefined) return;
  if ((await findOpening(values, new AesSecretCipher(next))) === 'some') await promoteNextEncryptionKey(path);
  else await discardNextEncryptionKey(path);
}
