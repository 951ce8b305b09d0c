import { DanubeError } from '@danube/plugin-api';
import type { Operation } from './api-caller.js';
import { ApiRefusal } from './api-refusal.js';

/**
 * What callers learn about a call that ended without success. `last` is the last failed attempt before the signal ended
 * the repetitions.
 */
export function failureOf(operation: Operation, error: Error, last: Error | undefined, signal: AbortSignal): Error {
  if (!signal.aborted) return error instanceof ApiRefusal ? refused(operation, error) : error;
  const reason = signal.reason as Error;
  return reason.name === 'TimeoutError' ? unavailable(operation, last) : reason;
}

function refused({ verb, resource }: Operation, refusal: ApiRefusal): DanubeError {
  const { status, reason, message } = refusal;
  const details = { status, reason };
  if (status === 401 || status === 403) {
    return new DanubeError(
      'kubernetes_forbidden',
      `the cluster does not let Danube ${verb} ${resource}: ${message}; give it the role in docs/kubernetes.md`,
      { category: 'forbidden', details, cause: refusal },
    );
  }
  return new DanubeError('kubernetes_refused', `the cluster refuses to ${verb} ${resource}: ${message}`, {
    category: 'invalid',
    details,
    cause: refusal,
  });
}

function unavailable({ verb, resource }: Operation, last: Error | undefined): DanubeError {
  const why = last === undefined ? 'no answer in time' : describe(last);
  return new DanubeError(
    'kubernetes_unavailable',
    `cannot ${verb} ${resource}: ${why}; check that the API server in the kubeconfig can be reached from here`,
    { category: 'unavailable', cause: last },
  );
}

/** Errors of connections to several addresses have their words inside. */
function describe(error: Error): string {
  return error instanceof AggregateError
    ? error.errors.map((part) => (part as Error).message).join(', ')
    : error.message;
}

/** Takes a refusal that is none here for an answer. */
export async function allowing<T, U>(
  call: Promise<T>,
  isAnswer: (refusal: ApiRefusal) => boolean,
  answer: U,
): Promise<T | U> {
  try {
    return await call;
  } catch (error) {
    const cause = (error as Error).cause;
    if (cause instanceof ApiRefusal && isAnswer(cause)) return answer;
    throw error;
  }
}

export const isAbsent = ({ status }: ApiRefusal): boolean => status === 404;
export const isForbidden = ({ status }: ApiRefusal): boolean => status === 403;
export const isThereAlready = ({ reason }: ApiRefusal): boolean => reason === 'AlreadyExists';

/** The HTTP status of a failed call; undefined where there was no answer. */
export function failureStatus(error: unknown): number | undefined {
  const cause = (error as Error).cause;
  return cause instanceof ApiRefusal ? cause.status : undefined;
}
