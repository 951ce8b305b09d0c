import type { DanubeError } from '@danube/plugin-api';

export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly retryable: boolean;
    readonly request_id: string;
  };
}

/** An error as callers see it, whether it is the whole answer or the last line of a stream. */
export function errorBody({ code, message, details, retryable }: DanubeError, requestId: string): ErrorBody {
  return { error: { code, message, details, retryable, request_id: requestId } };
}
