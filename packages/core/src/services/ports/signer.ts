/** Signs with the key of this server (Ed25519). Deterministic: the same bytes get the same signature. */
export interface Signer {
  /** Lower-case hexadecimal SHA-256 of the public key in DER (SubjectPublicKeyInfo). */
  readonly keyId: string;
  /** SubjectPublicKeyInfo. */
  readonly publicKeyPem: string;
  /** 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
}
