/** Rejects what took too long; never leaves this folder. */
export class LimitPassed extends Error {}

/** What a limited piece of work gets. */
export interface LimitedTime {
  /** Aborted at the limit, or when the caller gives up. */
  readonly signal: AbortSignal;
  /** Begins the limit anew: there was progress. */
  readonly extend: () => void;
}

/**
 * Runs work for at most the limit. When that has passed, or the caller gives up, it goes on without the work, whether that
 * heeds its signal or not; how it ends then concerns nobody.
 * @throws LimitPassed; the outer signal's reason; what the work throws
 */
export async function withinLimit<T>(
  work: (time: LimitedTime) => Promise<T>,
  limitMs: number,
  outer?: AbortSignal,
): Promise<T> {
  outer?.throwIfAborted();
  const inner = new AbortController();
  const giveUp = () => inner.abort(outer?.reason);
  outer?.addEventListener('abort', giveUp, { once: true });
  const abandoned = new Promise<never>((_, reject) => {
    inner.signal.addEventListener('abort', () => reject(inner.signal.reason as Error), { once: true });
  });
  const timer = setTimeout(() => inner.abort(new LimitPassed()), limitMs);
  try {
    const running = work({ signal: inner.signal, extend: () => void timer.refresh() });
    running.catch(() => undefined);
    return await Promise.race([running, abandoned]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', giveUp);
  }
}
