import { isDanubeError } from '@danube/plugin-api';
import pRetry from 'p-retry';

/**
 * Repeats a write that must not be lost until it succeeds: a full disk or a busy database is a pause. Only an error that
 * says it is final gives up.
 */
export function persistently<T>(write: () => Promise<T>, onRetry: (error: Error) => void): Promise<T> {
  return pRetry(write, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 100,
    maxTimeout: 5_000,
    randomize: true,
    shouldRetry: ({ error }) => !isDanubeError(error) || error.retryable || error.category === 'internal',
    onFailedAttempt: ({ error }) => onRetry(error),
  });
}
