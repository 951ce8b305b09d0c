import type { RecentJob } from '../../api/types.ts';
import { jobLength } from '../../domain/job-length.ts';
import { formatDuration } from '../../format/duration.ts';
import { now } from '../../stores/now.ts';

/** How long a job has run, ticking while it does. */
export function JobDuration(props: { readonly job: Pick<RecentJob, 'started_at' | 'finished_at'> }) {
  const length = () => jobLength(props.job, now());
  return <span class="whitespace-nowrap tabular-nums">{length() === undefined ? '–' : formatDuration(length()!)}</span>;
}
