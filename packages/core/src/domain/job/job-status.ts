import { DanubeError } from '@danube/plugin-api';

export const jobStatuses = ['pending', 'scheduling', 'running', 'success', 'failure', 'timeout', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];
export type FinalJobStatus = Extract<JobStatus, 'success' | 'failure' | 'timeout' | 'cancelled'>;

const next: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  pending: ['scheduling', 'failure', 'timeout', 'cancelled'],
  // back to pending: a restart found nothing started yet, so the job queues again
  scheduling: ['pending', 'running', 'failure', 'timeout', 'cancelled'],
  running: ['success', 'failure', 'timeout', 'cancelled'],
  success: [],
  failure: [],
  timeout: [],
  cancelled: [],
};

export const unfinishedJobStatuses: readonly JobStatus[] = jobStatuses.filter((status) => next[status].length > 0);

export function isFinal(status: JobStatus): status is FinalJobStatus {
  return next[status].length === 0;
}

export function canTransition(from: JobStatus, to: JobStatus): boolean {
  return next[from].includes(to);
}

/** @throws DanubeError `job_transition_refused` (conflict) naming both states and what is accepted. */
export function transition(from: JobStatus, to: JobStatus): JobStatus {
  if (canTransition(from, to)) return to;
  const accepted = next[from].length === 0 ? 'nothing, it has ended' : next[from].join(', ');
  throw new DanubeError('job_transition_refused', `a job that is ${from} cannot become ${to}; accepted: ${accepted}`, {
    category: 'conflict',
    details: { from, to },
  });
}
