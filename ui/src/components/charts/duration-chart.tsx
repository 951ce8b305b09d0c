import { useNavigate } from '@solidjs/router';
import { createMemo, For } from 'solid-js';
import type { RecentJob } from '../../api/types.ts';
import { barsOf } from '../../domain/bars.ts';
import { jobLength } from '../../domain/job-length.ts';
import { formatDuration } from '../../format/duration.ts';
import { now } from '../../stores/now.ts';
import { fillTone, toneOf } from '../status/tones.ts';

const step = 12;
const height = 80;

/** How long runs took over time. The table below says the same to those who cannot see it; a click opens the job. */
export function DurationChart(props: { readonly jobs: readonly RecentJob[] }) {
  const navigate = useNavigate();
  const bars = createMemo(() => barsOf(props.jobs, now(), 0.02));
  const longest = () => Math.max(0, ...props.jobs.map((job) => jobLength(job, now()) ?? 0));
  const words = (job: RecentJob) => `#${job.number} ${job.status}, ${formatDuration(jobLength(job, now()) ?? 0)}`;
  const slots = () => Math.max(25, bars().length);
  return (
    <figure class="border-line bg-raised rounded border p-3">
      <svg
        viewBox={`0 0 ${slots() * step} ${height}`}
        preserveAspectRatio="none"
        class="h-24 w-full"
        role="img"
        aria-label={`Durations of ${props.jobs.length} runs, the longest ${formatDuration(longest())}`}
      >
        <line x1="0" x2={slots() * step} y1={height - 0.5} y2={height - 0.5} class="stroke-line" />
        <For each={bars()}>
          {(bar, index) => (
            <rect
              x={index() * step + 1}
              y={height * (1 - bar.height)}
              width={step - 3}
              height={height * bar.height}
              class={`cursor-pointer hover:opacity-70 ${fillTone[toneOf(bar.job.status)]}`}
              onClick={() => navigate(`/jobs/${bar.job.id}`)}
            >
              <title>{words(bar.job)}</title>
            </rect>
          )}
        </For>
      </svg>
      <figcaption class="text-muted mt-1 text-xs">longest {formatDuration(longest())}</figcaption>
    </figure>
  );
}
