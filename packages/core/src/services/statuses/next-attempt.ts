import { type DanubeError, isDanubeError } from '@danube/plugin-api';
import { isFinal } from '../../domain/job/job-status.js';
import type { Job } from '../../domain/job/job.js';

const longestDelayMs = 15 * 60_000;
/** How long after the end of a job its forge is still tried. */
const patienceMs = 48 * 3_600_000;

/**
 * When to try again after a failure; undefined where that has no sense. While a job goes on, what is refused for good now
 * may be taken later: somebody repairs a credential. `attempts` counts the failures in a row with this
 * one, `random` lies from 0 to 1: what failed together does not come back together.
 */
export function nextAttemptAt(
  job: Job,
  attempts: number,
  error: unknown,
  now: number,
  random: number,
): number | undefined {
  const told = isDanubeError(error) ? error : undefined;
  if (told?.retryable === false && isFinal(job.status)) return undefined;
  const at = now + Math.max(backoff(attempts) * (0.75 + random / 4), waitOf(told));
  const last = isFinal(job.status) ? (job.finishedAt ?? job.createdAt) + patienceMs : Number.POSITIVE_INFINITY;
  return at > last ? undefined : Math.ceil(at);
}

function backoff(attempts: number): number {
  return Math.min(longestDelayMs, 1_000 * 2 ** Math.min(attempts, 30));
}

function waitOf(error: DanubeError | undefined): number {
  return error?.retryAfterMs ?? 0;
}
