import { type DanubeError, type ErrorCategory } from '@danube/plugin-api';
import { Metadata, type ServerErrorResponse, status } from '@grpc/grpc-js';

const statusOfCategory: Readonly<Record<ErrorCategory, status>> = {
  invalid: status.INVALID_ARGUMENT,
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  not_found: status.NOT_FOUND,
  conflict: status.FAILED_PRECONDITION,
  unavailable: status.UNAVAILABLE,
  internal: status.INTERNAL,
};

/** The error as grpc-js sends it, and the name of its status. */
export function grpcError(
  error: DanubeError,
  requestId: string,
): { readonly response: ServerErrorResponse; readonly statusName: string } {
  const code = statusOfCategory[error.category];
  const metadata = new Metadata();
  metadata.set('danube-error-code', error.code);
  metadata.set('danube-retryable', String(error.retryable));
  metadata.set('x-request-id', requestId);
  const { name, message } = error;
  return { response: { name, message, code, details: message, metadata }, statusName: status[code] };
}
