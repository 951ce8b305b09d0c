import { DanubeError } from '@danube/plugin-api';

export function provenanceNotFound(jobId: string, why: string): DanubeError {
  return new DanubeError('provenance_not_found', `there is no provenance of job ${jobId}: ${why}`, {
    category: 'not_found',
  });
}

/** For a moment after the end of a job, or after a restart. */
export function provenancePending(jobId: string): DanubeError {
  return new DanubeError('provenance_pending', `the provenance of job ${jobId} is being written; ask again`, {
    category: 'unavailable',
    retryAfterMs: 500,
  });
}
