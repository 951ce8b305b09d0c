import { isDanubeError } from '@danube/plugin-api';
import pRetry from 'p-retry';

/**
 * Repeats a write that must not be lost until it succeeds: a full disk, a busy database or a cluster that is away is a
 * pause. Only an error that says it is final gives up, and the signal: for what the next start does all the same.
 */
export function persistently<T>(
  write: () => Promise<T>,
  onRetry: (error: Error) => void,
  signal?: AbortSignal,
): Promise<T> {
  return pRetry(write, {
    ...(signal && { signal }),
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 100,
    maxTimeout: 5_000,
    randomize: true,
    shouldRetry: ({ error }) => !isDanubeError(error) || error.retryable || error.category === 'internal',
    onFailedAttempt: ({ error }) => onRetry(error),
  });
}
