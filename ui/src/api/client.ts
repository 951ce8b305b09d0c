import createClient from 'openapi-fetch';
import { ApiError } from './api-error.ts';
import type { components, paths } from './schema.ts';

/** The REST API as docs/reference/openapi.yaml describes it: paths, parameters and answers are checked by the compiler. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => globalThis.fetch(request),
  // as in `status=failure,timeout`
  querySerializer: { array: { style: 'form', explode: false } },
});

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

let onSignedOut: () => void = () => undefined;

/** Called whenever an answer says that nobody is signed in, from any request. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/**
 * What an answer holds.
 * @throws ApiError for every other answer, with what the server says about it
 */
export async function ask<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  if (response.status === 401) onSignedOut();
  const said = (error as Partial<components['schemas']['Error']> | undefined)?.error;
  throw new ApiError(
    said?.code ?? 'unexpected_answer',
    said?.message ?? `The server answered ${response.status}; a proxy in front of it may be the cause.`,
    response.status,
  );
}
