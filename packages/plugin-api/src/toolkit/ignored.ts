import type { Ignored } from '../forge.js';

const longest = 300;

/**
 * An event that starts no job, with the reason in words that end up in the delivery's record: one line of at most 300
 * characters, so that it may quote what was sent.
 */
export function ignored(reason: string): Ignored {
  return { kind: 'ignored', reason: reason.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, longest) };
}
