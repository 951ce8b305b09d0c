import type { JobStatus } from '../api/types.ts';

/** As the server's `jobStatuses`. */
export const jobStatuses: readonly JobStatus[] = [
  'pending',
  'scheduling',
  'running',
  'success',
  'failure',
  'timeout',
  'cancelled',
];

export function isFinal(status: JobStatus): boolean {
  return !['pending', 'scheduling', 'running'].includes(status);
}
