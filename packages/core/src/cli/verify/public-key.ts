import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { DanubeError } from '@danube/plugin-api';

/** The key that signatures are checked with. */
export interface PublicKey {
  readonly key: KeyObject;
  /** As servers give it: SHA-256 of the key in DER. */
  readonly id: string;
  /** Where it comes from, for messages. */
  readonly origin: string;
}

/** @throws DanubeError `public_key_unusable` (invalid) */
export function readPublicKey(pem: string, origin: string): PublicKey {
  const key = parse(pem);
  if (key?.asymmetricKeyType !== 'ed25519') {
    throw new DanubeError(
      'public_key_unusable',
      `${origin} holds no Ed25519 public key; it must be PEM, as "danube signing-key" prints it`,
      { category: 'invalid' },
    );
  }
  const id = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  return { key, id, origin };
}

function parse(pem: string): KeyObject | undefined {
  // a private key would give its public half, and does not belong here
  if (!pem.includes('BEGIN PUBLIC KEY')) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
