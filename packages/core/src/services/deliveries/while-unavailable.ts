import { isDanubeError } from '@danube/plugin-api';
import pRetry from 'p-retry';

/** Repeats what a full disk or a busy database refuses, until it succeeds or the signal ends it. Other errors come through. */
export function whileUnavailable<T>(
  work: () => Promise<T>,
  onRetry: (error: Error) => void,
  signal: AbortSignal,
): Promise<T> {
  return pRetry(work, {
    signal,
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 100,
    maxTimeout: 5_000,
    randomize: true,
    shouldRetry: ({ error }) => isDanubeError(error) && error.retryable,
    onFailedAttempt: ({ error }) => onRetry(error),
  });
}
