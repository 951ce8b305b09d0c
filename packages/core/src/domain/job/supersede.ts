import type { ConcurrencyPolicy } from '../pipeline/pipeline.js';
import type { Job } from './job.js';

/** Why an older job ends. */
export function replacedBy({ id, number }: Job): string {
  return `replaced by job ${id} (#${number})`;
}

/** Which unfinished jobs of the same pipeline and ref give way to a newer one. */
export function supersededJobs(policy: ConcurrencyPolicy, unfinished: readonly Job[]): readonly Job[] {
  switch (policy) {
    case 'queue':
      return [];
    case 'replace':
      return unfinished.filter((job) => job.status === 'pending');
    case 'cancel_running':
      return unfinished;
  }
}
