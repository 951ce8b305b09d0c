import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { Signer } from '../../services/ports/signer.js';

export class Ed25519Signer implements Signer {
  readonly keyId: string;
  readonly publicKeyPem: string;

  /** `privateKey` is an Ed25519 key. */
  constructor(private readonly privateKey: KeyObject) {
    const publicKey = createPublicKey(privateKey);
    this.keyId = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex');
    this.publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  }

  sign(message: Uint8Array): Uint8Array {
    return sign(null, message, this.privateKey);
  }
}
