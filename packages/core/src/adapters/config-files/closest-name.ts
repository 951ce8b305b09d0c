import { distance } from 'fastest-levenshtein';
import { closest } from '../../domain/config/did-you-mean.js';

export function closestName(word: string, candidates: Iterable<string>): string | undefined {
  return closest(word, candidates, distance);
}

/** `did you mean "x"?`, or the list of what is accepted. */
export function suggestName(word: string, candidates: readonly string[]): string {
  const guess = closestName(word, candidates);
  return guess === undefined ? `accepted: ${candidates.join(', ')}` : `did you mean "${guess}"?`;
}
