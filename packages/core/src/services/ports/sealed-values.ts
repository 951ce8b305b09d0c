/** A value that the database holds sealed, and what it was sealed for. */
export interface SealedValue {
  readonly context: string;
  readonly ciphertext: Uint8Array;
  /** Puts other bytes in its place. */
  replace(ciphertext: Uint8Array): Promise<void>;
}

/** Everything in the database that was sealed with the encryption key, of whatever kind. */
export interface SealedValues {
  all(): AsyncIterable<SealedValue>;
}
