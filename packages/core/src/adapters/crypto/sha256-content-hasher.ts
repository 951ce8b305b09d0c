import { createHash } from 'node:crypto';
import type { ContentHasher } from '../../services/ports/content-hasher.js';

export class Sha256ContentHasher implements ContentHasher {
  async sha256(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of content) hash.update(chunk);
    return hash.digest('hex');
  }
}
