import type { ApiRequest } from './api/api-request.js';
import { failure, Refusal } from './api/status.js';

/** Requests that a fault is meant for: all whose fields are the given ones. */
export type RequestFilter = Partial<
  Pick<ApiRequest, 'verb' | 'subresource' | 'namespace' | 'name'> & { readonly resource: string }
>;

export interface FaultyAnswer {
  readonly status: 429 | 500 | 503;
  /** Seconds, as the header says them. */
  readonly retryAfter?: number;
  /** How many requests get it; all, if neither this nor `forMs` is given. */
  readonly times?: number;
  readonly forMs?: number;
  readonly filter?: RequestFilter;
}

const reasons = {
  429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  500: ['InternalError', 'Internal error occurred: the stand-in was told to fail'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
} as const;

export function matches(request: ApiRequest, filter: RequestFilter = {}): boolean {
  const fields = { ...request, resource: request.resource?.plural };
  return Object.entries(filter).every(([field, value]) => fields[field as keyof RequestFilter] === value);
}

/** Answers that a test has ordered in place of the real ones. */
export class FaultyAnswers {
  #ordered: { answer: FaultyAnswer; left: number; until: number }[] = [];

  add(answer: FaultyAnswer): void {
    const { times = Infinity, forMs = Infinity } = answer;
    this.#ordered.push({ answer, left: times, until: Date.now() + forMs });
  }

  clear(): void {
    this.#ordered = [];
  }

  /** Throws the answer that was ordered for such a request, if any. */
  check(request: ApiRequest): void {
    this.#ordered = this.#ordered.filter(({ left, until }) => left > 0 && Date.now() < until);
    const found = this.#ordered.find(({ answer }) => matches(request, answer.filter));
    if (!found) return;
    found.left -= 1;
    const { status, retryAfter } = found.answer;
    const [reason, message] = reasons[status];
    const details = retryAfter === undefined ? undefined : { retryAfterSeconds: retryAfter };
    const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    throw new Refusal(status, failure(status, reason, message, details), headers);
  }
}
