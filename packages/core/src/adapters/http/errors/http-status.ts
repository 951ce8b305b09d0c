import type { DanubeError, ErrorCategory } from '@danube/plugin-api';

/** The HTTP status of every category of error. */
export const statusByCategory: Readonly<Record<ErrorCategory, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

/** Refusals that only HTTP has, by code. */
export const statusByCode: Readonly<Record<string, number>> = {
  method_not_allowed: 405,
  body_too_large: 413,
  media_type_unsupported: 415,
  range_not_satisfiable: 416,
};

export function statusOf(error: DanubeError): number {
  return statusByCode[error.code] ?? statusByCategory[error.category];
}
