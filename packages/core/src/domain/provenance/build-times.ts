import type { Job } from '../job/job.js';

/** When the coordinator started and when the job ended, in ISO 8601. */
export function buildTimes({ createdAt, startedAt, finishedAt }: Job): { startedOn: string; finishedOn: string } {
  return {
    startedOn: new Date(startedAt ?? createdAt).toISOString(),
    finishedOn: new Date(finishedAt ?? createdAt).toISOString(),
  };
}
