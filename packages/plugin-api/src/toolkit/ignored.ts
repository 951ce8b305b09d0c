import type { Ignored } from '../forge.js';

/** An event that starts no job, with the reason in words that end up in the delivery's record. */
export function ignored(reason: string): Ignored {
  return { kind: 'ignored', reason };
}
