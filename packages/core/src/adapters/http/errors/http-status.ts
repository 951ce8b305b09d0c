import type { DanubeError } from '@danube/plugin-api';
import { httpStatusByCategory } from '../../../services/errors/http-status.js';

/** Refusals that only HTTP has, by code. */
export const statusByCode: Readonly<Record<string, number>> = {
  method_not_allowed: 405,
  body_too_large: 413,
  media_type_unsupported: 415,
  range_not_satisfiable: 416,
};

export function statusOf(error: DanubeError): number {
  return statusByCode[error.code] ?? httpStatusByCategory[error.category];
}
