/** A request that did not do what it should. `code` is stable: docs/reference/errors.md. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** 0 where the server could not be reached. */
    readonly status: number,
  ) {
    super(message);
  }
}

/** Whatever was thrown, in the one form that pages show. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError('unreachable', 'The server cannot be reached. It may be restarting.', 0);
}
