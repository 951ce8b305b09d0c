/** One-way hash of bearer tokens (SHA-256, hexadecimal), so that the database holds none in clear. */
export interface TokenHasher {
  hash(token: string): string;
  /** Constant-time comparison of two hashes. */
  equal(a: string, b: string): boolean;
}
