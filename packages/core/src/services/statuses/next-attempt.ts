import { type DanubeError, type ErrorCategory, isDanubeError } from '@danube/plugin-api';
import { isFinal } from '../../domain/job/job-status.js';
import type { Job } from '../../domain/job/job.js';

const longestDelayMs = 15 * 60_000;
/** Forges shut out those who keep coming with a credential that is not good. */
const longestDelayOfRefusedMs = 60 * 60_000;
/** How long after the end of a job its forge is still tried. */
const patienceMs = 48 * 3_600_000;
const repairable: readonly ErrorCategory[] = ['unauthenticated', 'forbidden', 'not_found'];

/** The forge does not let this credential do it: true until somebody repairs that, after which the same request succeeds. */
export function isRefusal(error: unknown): boolean {
  return isDanubeError(error) && !error.retryable && repairable.includes(error.category);
}

/**
 * When to try again after a failure; undefined where that has no sense. While a job goes on, also what no forge could take is
 * tried again: the next report says something else. `attempts` counts the failures in a row with this one, `random` lies
 * from 0 to 1: what failed together does not come back together.
 */
export function nextAttemptAt(
  job: Job,
  attempts: number,
  error: unknown,
  now: number,
  random: number,
): number | undefined {
  const told = isDanubeError(error) ? error : undefined;
  const refused = isRefusal(error);
  if (told?.retryable === false && !refused && isFinal(job.status)) return undefined;
  const longest = refused ? longestDelayOfRefusedMs : longestDelayMs;
  const at = now + Math.max(backoff(attempts, longest) * (0.75 + random / 4), waitOf(told));
  const last = isFinal(job.status) ? (job.finishedAt ?? job.createdAt) + patienceMs : Number.POSITIVE_INFINITY;
  return at > last ? undefined : Math.ceil(at);
}

function backoff(attempts: number, longestMs: number): number {
  return Math.min(longestMs, 1_000 * 2 ** Math.min(attempts, 30));
}

function waitOf(error: DanubeError | undefined): number {
  return error?.retryAfterMs ?? 0;
}
