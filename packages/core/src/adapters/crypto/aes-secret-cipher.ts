import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DanubeError } from '@danube/plugin-api';
import type { SecretCipher } from '../../services/ports/secret-cipher.js';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM. Sealed bytes are nonce (12, random), ciphertext, authentication tag (16); the context is associated data. */
export class AesSecretCipher implements SecretCipher {
  /** `key` has 32 bytes. */
  constructor(private readonly key: Uint8Array) {}

  seal(plaintext: Uint8Array, context: string): Uint8Array {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(context));
    return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  open(sealed: Uint8Array, context: string): Uint8Array {
    if (sealed.byteLength < nonceBytes + tagBytes) throw unreadable(context);
    const tagAt = sealed.byteLength - tagBytes;
    const decipher = createDecipheriv(algorithm, this.key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(tagAt));
    const plaintext = decipher.update(sealed.subarray(nonceBytes, tagAt));
    try {
      return Buffer.concat([plaintext, decipher.final()]);
    } catch {
      throw unreadable(context);
    }
  }
}

function unreadable(context: string): DanubeError {
  return new DanubeError(
    'secret_unreadable',
    `the sealed value "${context}" does not open with this server's encryption key: it was sealed with another key, ` +
      'moved or damaged; set it again, or restore keys/encryption.key and the database from one backup',
    { category: 'internal' },
  );
}
