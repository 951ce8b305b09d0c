import type { RecentJob } from '../api/types.ts';

/** Milliseconds from the start of a job to its end, or until `now`; undefined where it has never started. */
export function jobLength(
  { started_at, finished_at }: Pick<RecentJob, 'started_at' | 'finished_at'>,
  now: number,
): number | undefined {
  if (started_at === undefined) return undefined;
  const end = finished_at === undefined ? now : Date.parse(finished_at);
  return Math.max(0, end - Date.parse(started_at));
}
