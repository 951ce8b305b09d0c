import type { RecentJob } from '../api/types.ts';
import { jobLength } from './job-length.ts';

export interface Bar {
  readonly job: RecentJob;
  /** Between 0 and 1, of the longest. */
  readonly height: number;
}

/** Jobs, newest first, as bars from left to right in the order of time. A short job still has a bar that can be seen. */
export function barsOf(jobs: readonly RecentJob[], now: number, least = 0.15): readonly Bar[] {
  const lengths = jobs.map((job) => jobLength(job, now) ?? 0);
  const longest = Math.max(1, ...lengths);
  return jobs.map((job, index) => ({ job, height: Math.max(least, lengths[index]! / longest) })).reverse();
}
