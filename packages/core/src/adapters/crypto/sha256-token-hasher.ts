import { createHash, timingSafeEqual } from 'node:crypto';
import type { TokenHasher } from '../../services/ports/token-hasher.js';

/** Tokens are 256 random bits, so a plain digest is enough: there is nothing to guess that a slow hash would protect. */
export class Sha256TokenHasher implements TokenHasher {
  hash(token: string): string {
    return createHash('sha256').update(token).digest('hex');
  }

  equal(a: string, b: string): boolean {
    const left = Buffer.from(a);
    const right = Buffer.from(b);
    return left.length === right.length && timingSafeEqual(left, right);
  }
}
