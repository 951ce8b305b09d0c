/**
 * Seals values for the database. Sealing the same value twice gives different bytes. `context` says what a value is and whose,
 * as in `secret:team:platform:TOKEN`: sealed bytes that are moved to another place do not open there.
 */
export interface SecretCipher {
  seal(plaintext: Uint8Array, context: string): Uint8Array;
  /** @throws DanubeError `secret_unreadable` where key, context or bytes are not those of the sealing. */
  open(sealed: Uint8Array, context: string): Uint8Array;
}
