const longestMs = 600_000;

/** Milliseconds until the next attempt: the interval, doubled for each failure in a row up to ten minutes. */
export function delayUntilNextSync(intervalMs: number, failuresInARow: number): number {
  if (failuresInARow === 0) return intervalMs;
  return Math.max(intervalMs, Math.min(longestMs, intervalMs * 2 ** Math.min(failuresInARow, 30)));
}
