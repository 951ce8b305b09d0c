import { DanubeError } from '@danube/plugin-api';
import { isoTime } from '../views/iso-time.js';

export interface RequestProblem {
  /** `path`, `query` or `body`. */
  readonly in: string;
  /** Name of the parameter, or path within the body. */
  readonly field: string;
  readonly message: string;
}

export function requestInvalid(problems: readonly RequestProblem[]): DanubeError {
  const message = problems.map(({ in: where, field, message }) => `${where} ${field} ${message}`).join('; ');
  return new DanubeError('request_invalid', message, { category: 'invalid', details: { problems } });
}

export function jobNotFound(id: string): DanubeError {
  return new DanubeError('job_not_found', `there is no job "${id}"`, { category: 'not_found' });
}

export function pipelineNotFound(id: string): DanubeError {
  return new DanubeError('pipeline_not_found', `there is no pipeline "${id}" in the active configuration`, {
    category: 'not_found',
  });
}

export function logNotFound(jobId: string): DanubeError {
  return new DanubeError('log_not_found', `job "${jobId}" has no log: it ended before it wrote one`, {
    category: 'not_found',
  });
}

export function logRemoved(jobId: string, removedAt: number): DanubeError {
  const at = isoTime(removedAt);
  return new DanubeError(
    'log_removed',
    `the log of job "${jobId}" is gone since ${at}: it was kept for retention.logs_days days after the end of the job`,
    { category: 'not_found', details: { removed_at: at } },
  );
}

export function routeNotFound(method: string, path: string): DanubeError {
  return new DanubeError('route_not_found', `there is nothing at ${method} ${path}; see docs/http-api.md`, {
    category: 'not_found',
  });
}

export function methodNotAllowed(method: string, allowed: readonly string[]): DanubeError {
  return new DanubeError('method_not_allowed', `${method} is not possible here; accepted: ${allowed.join(', ')}`, {
    category: 'invalid',
    details: { allowed },
  });
}

export function bodyTooLarge(limitBytes: number): DanubeError {
  return new DanubeError('body_too_large', `the request body is larger than the limit of ${limitBytes} bytes`, {
    category: 'invalid',
    details: { limit_bytes: limitBytes },
  });
}

/** For the log at most: whoever could be told is gone, or has been too slow. */
export function bodyCutShort(cause: Error): DanubeError {
  return new DanubeError('body_cut_short', 'the connection ended before the whole request body had come', {
    category: 'invalid',
    cause,
  });
}

export function tooManyBodies(): DanubeError {
  return new DanubeError('too_many_bodies', 'the server is receiving too much at once; send it again in a moment', {
    category: 'unavailable',
    retryAfterMs: 5_000,
  });
}

export function mediaTypeUnsupported(given: string): DanubeError {
  return new DanubeError(
    'media_type_unsupported',
    `a body of type "${given || 'none'}" is not understood; accepted: application/json`,
    { category: 'invalid' },
  );
}

export function bodyNotJson(problem: string): DanubeError {
  return new DanubeError('body_not_json', `the request body is not JSON: ${problem}`, { category: 'invalid' });
}

export function rangeNotSatisfiable(sizeBytes: number): DanubeError {
  return new DanubeError('range_not_satisfiable', `there are ${sizeBytes} bytes; ask for a range within them`, {
    category: 'invalid',
    details: { size_bytes: sizeBytes },
  });
}

export function notAuthenticated(): DanubeError {
  return new DanubeError(
    'not_authenticated',
    'send a valid token as "Authorization: Bearer <token>"; the admin token stands in keys/admin.token of the data directory',
    { category: 'unauthenticated' },
  );
}

export function oneTimeTokenInvalid(): DanubeError {
  return new DanubeError(
    'one_time_token_invalid',
    'this one-time token is unknown, used or too old; restart the server for a new one',
    { category: 'unauthenticated' },
  );
}
