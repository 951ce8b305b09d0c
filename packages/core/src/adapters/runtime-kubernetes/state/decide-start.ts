import { formatDuration } from '../../../domain/time/format-duration.js';
import type { StartProblem } from './start-problem.js';

/** Whether a problem has lasted too long, or is one that time does not help; then the words say so. */
export function decideStart(
  { words, final }: StartProblem,
  waitedMs: number,
  boundMs: number,
): { readonly givenUp: boolean; readonly words: string } {
  if (final) return { givenUp: true, words };
  if (waitedMs < boundMs) return { givenUp: false, words };
  return { givenUp: true, words: `${words}; given up after ${formatDuration(boundMs)}` };
}
