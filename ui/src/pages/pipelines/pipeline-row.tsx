import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { Pipeline } from '../../api/types.ts';
import { RunBars } from '../../components/charts/run-bars.tsx';
import { StatusBadge } from '../../components/status/status-badge.tsx';
import { JobDuration } from '../../components/text/job-duration.tsx';
import { TimeText } from '../../components/text/time-text.tsx';

export function PipelineRow(props: { readonly pipeline: Pipeline }) {
  return (
    <li class="border-line hover:bg-line/30 grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-2 border-b px-4 py-3 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_9rem_12rem_9rem]">
      <div class="min-w-0">
        <A
          href={`/pipelines/${encodeURIComponent(props.pipeline.id)}`}
          data-row
          class="text-strong font-medium wrap-anywhere hover:underline"
        >
          {props.pipeline.name}
        </A>
        <span class="text-muted ml-2 text-xs">{props.pipeline.team}</span>
        <Show when={props.pipeline.description}>
          <p class="text-muted truncate">{props.pipeline.description}</p>
        </Show>
      </div>
      <div class="justify-self-end lg:justify-self-start">
        <RunBars jobs={props.pipeline.recent_jobs} />
      </div>
      <Show when={props.pipeline.last_job} fallback={<span class="text-muted">never run</span>}>
        {(job) => (
          <A href={`/jobs/${job().id}`} class="flex flex-col hover:underline">
            <StatusBadge status={job().status} />
            <span class="text-muted text-xs">
              #{job().number} · <TimeText at={job().created_at} /> · <JobDuration job={job()} />
            </span>
          </A>
        )}
      </Show>
      <div class="text-muted justify-self-end text-right text-xs">
        <Show when={props.pipeline.next_run_at} fallback="no schedule">
          {(next) => (
            <>
              next <TimeText at={next()} />
            </>
          )}
        </Show>
      </div>
    </li>
  );
}
