import { DanubeError } from '@danube/plugin-api';

/** The pod of a job cannot go on; the reason is for whoever reads the job. */
export function podFailed(reason: string): DanubeError {
  return new DanubeError('pod_failed', reason, { category: 'unavailable' });
}
