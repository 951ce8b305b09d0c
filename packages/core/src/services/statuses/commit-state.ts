import type { CommitState } from '@danube/plugin-api';
import type { JobStatus } from '../../domain/job/job-status.js';

const states: Readonly<Record<JobStatus, CommitState>> = {
  pending: 'pending',
  scheduling: 'pending',
  running: 'running',
  success: 'success',
  failure: 'failure',
  timeout: 'error',
  cancelled: 'error',
};

export const commitStates = ['pending', 'running', 'success', 'failure', 'error'] as const satisfies CommitState[];

/** How a job's status is called beside its commit. */
export function commitStateOf(status: JobStatus): CommitState {
  return states[status];
}
