import { DanubeError, isDanubeError } from '@danube/plugin-api';

/**
 * What a coordinator is told of an error. Of an unexpected one it learns only that asking again is worth a try: every
 * call is idempotent, and causes such as a full disk pass.
 */
export function controlError(error: unknown): DanubeError {
  if (isDanubeError(error)) return error;
  return new DanubeError('internal_error', 'the master failed to serve this call; its log has the cause', {
    category: 'internal',
    retryable: true,
    cause: error,
  });
}
