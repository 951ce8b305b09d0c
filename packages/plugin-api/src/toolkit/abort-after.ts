/**
 * A signal that is aborted by another one, or with a `TimeoutError` after a time. Dispose it when the work is done: signals
 * made with `AbortSignal.any` may stay with a signal that lives long.
 */
export function abortAfter(
  timeLimitMs: number,
  signal: AbortSignal,
): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new DOMException('The time limit is over', 'TimeoutError')),
    timeLimitMs,
  );
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    dispose: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    },
  };
}
