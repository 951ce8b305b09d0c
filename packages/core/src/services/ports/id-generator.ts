export interface IdGenerator {
  /** A unique id that sorts by creation time (UUID version 7). */
  newId(): string;
  /** 256 random bits, base64url. */
  newToken(): string;
}
