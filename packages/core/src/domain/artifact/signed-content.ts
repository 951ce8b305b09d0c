/** What an artifact's signature is over: the 32 bytes of the SHA-256 that is given in hexadecimal. */
export function signedContent(sha256: string): Uint8Array {
  return Buffer.from(sha256, 'hex');
}
