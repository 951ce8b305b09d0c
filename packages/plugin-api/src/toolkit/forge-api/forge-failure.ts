import { DanubeError, type DanubeErrorOptions } from '../../errors.js';
import { retryAfterMs } from './retry-after.js';

/** What is known of an answer that is no success. */
export interface RefusedAnswer {
  readonly forge: string;
  /** For example `GET /repos/octo/hello`. */
  readonly call: string;
  readonly status: number;
  readonly headers: Headers;
  /** The forge's own short message; empty where it gave none. */
  readonly message: string;
}

/** The error of an answer that is no success: what it means, whether to try again, and what to do. */
export function forgeFailure(answer: RefusedAnswer): DanubeError {
  const { status, headers, message } = answer;
  const limited = status === 429 || (status === 403 && isRateLimit(headers, message));
  const waiting = limited || status === 503 ? retryAfterMs(headers) : undefined;
  const failure = (code: string, advice: string, options: DanubeErrorOptions) =>
    new DanubeError(code, `${said(answer)}; ${advice}`, { ...options, details: { status, message } });
  if (limited) {
    return failure('forge_rate_limited', 'its rate limit is used up', {
      category: 'unavailable',
      // GitHub asks for a minute where it names no time
      retryAfterMs: waiting ?? 60_000,
    });
  }
  if (status === 401)
    return failure('forge_unauthorized', 'check that the credential is right and has not expired', {
      category: 'unauthenticated',
    });
  if (status === 403)
    return failure('forge_forbidden', 'give the credential the permission for this', { category: 'forbidden' });
  if (status === 404 || status === 410) {
    return failure('forge_not_found', 'check the name, and that the credential may see it', { category: 'not_found' });
  }
  if (status === 408 || status >= 500) {
    return failure('forge_unavailable', 'try again later', {
      category: 'unavailable',
      ...(waiting === undefined ? {} : { retryAfterMs: waiting }),
    });
  }
  if (status === 409) return failure('forge_refused', 'it conflicts with what is there', { category: 'conflict' });
  return failure('forge_refused', 'the request is not what the forge accepts', { category: 'invalid' });
}

function isRateLimit(headers: Headers, message: string): boolean {
  return (
    headers.has('retry-after') ||
    headers.get('x-ratelimit-remaining') === '0' ||
    headers.get('ratelimit-remaining') === '0' ||
    /rate limit/i.test(message)
  );
}

function said({ forge, call, status, message }: RefusedAnswer): string {
  return `${forge} answered ${status} to ${call}${message === '' ? '' : ` ("${message}")`}`;
}
