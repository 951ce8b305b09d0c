import { DanubeError, isDanubeError } from '@danube/plugin-api';
import { requestInvalid } from './http-errors.js';

export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly request_id: string;
  };
}

export function errorBody(error: DanubeError, requestId: string): ErrorBody {
  return { error: { code: error.code, message: error.message, details: error.details, request_id: requestId } };
}

/** What a client may know of anything that was thrown: the rest goes to the log only. */
export function clientError(error: unknown): DanubeError {
  if (isDanubeError(error)) return error;
  // koa and its libraries refuse what they cannot read (a bad cookie, a bad escape) with a status and a message for clients
  if (isExposed(error)) return requestInvalid([{ in: 'request', field: '', message: error.message }]);
  return new DanubeError(
    'internal_error',
    'something unexpected happened; the log of the server tells more under this request_id',
    { category: 'internal', cause: error },
  );
}

function isExposed(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'expose' in error &&
    error.expose === true &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status < 500
  );
}
