import { type DanubeError, isDanubeError } from '@danube/plugin-api';
import pRetry from 'p-retry';

/** Repeats what a full disk or a busy database refuses, until it succeeds or the signal ends it. Other errors come through. */
export async function whileUnavailable<T>(
  work: () => Promise<T>,
  onRetry: (error: Error) => void,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    onRetry(error);
  }
  return pRetry(work, {
    signal,
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 100,
    maxTimeout: 5_000,
    randomize: true,
    shouldRetry: ({ error }) => isUnavailable(error),
    onFailedAttempt: ({ error }) => onRetry(error),
  });
}

function isUnavailable(error: unknown): error is DanubeError {
  return isDanubeError(error) && error.retryable;
}
