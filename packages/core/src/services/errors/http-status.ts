import type { ErrorCategory } from '@danube/plugin-api';

/** The HTTP status of each kind of error, on the REST API and on the control plane. */
export const httpStatusByCategory: Readonly<Record<ErrorCategory, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};
