import type { ErrorCategory } from '@danube/plugin-api';

/** The HTTP status of each kind of error; only a body over its limit has one of its own (413). */
export const httpStatusOf: Readonly<Record<ErrorCategory, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};
