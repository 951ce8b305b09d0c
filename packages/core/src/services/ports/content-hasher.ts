/** SHA-256 of content of any length, in lower-case hexadecimal. */
export interface ContentHasher {
  sha256(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string>;
}
