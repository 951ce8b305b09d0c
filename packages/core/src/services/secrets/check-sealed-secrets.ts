import { DanubeError, isDanubeError } from '@danube/plugin-api';
import { sealingContext } from '../../domain/secret/secret-scope.js';
import type { SecretCipher } from '../ports/secret-cipher.js';
import type { SecretRepository } from '../ports/secret-repository.js';

/**
 * That the key at hand is the one of the database. One secret that opens is proof; one that does not may only be damaged.
 * @throws DanubeError `encryption_key_wrong` where there are secrets and none opens.
 */
export async function checkSealedSecrets(secrets: SecretRepository, cipher: SecretCipher): Promise<void> {
  const keys = await secrets.list();
  for (const { name, scope } of keys) {
    const secret = await secrets.find(name, scope);
    if (secret !== undefined && opens(cipher, secret.ciphertext, sealingContext(name, scope))) return;
  }
  if (keys.length === 0) return;
  throw new DanubeError(
    'encryption_key_wrong',
    'keys/encryption.key opens none of the stored secrets: it is not the key of this database; restore both from one backup',
    { category: 'invalid' },
  );
}

function opens(cipher: SecretCipher, sealed: Uint8Array, context: string): boolean {
  try {
    cipher.open(sealed, context);
    return true;
  } catch (error) {
    if (isDanubeError(error) && error.code === 'secret_unreadable') return false;
    throw error;
  }
}
