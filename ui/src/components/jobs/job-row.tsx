import { A } from '@solidjs/router';
import type { Job } from '../../api/types.ts';
import { StatusBadge } from '../status/status-badge.tsx';
import { JobDuration } from '../text/job-duration.tsx';
import { RefText } from '../text/ref-text.tsx';
import { TimeText } from '../text/time-text.tsx';

const wide = 'hidden px-3 py-2 md:table-cell';

export function JobRow(props: { readonly job: Job; readonly withPipeline: boolean }) {
  return (
    <tr class="border-line hover:bg-line/30 border-b last:border-b-0">
      <td class="px-3 py-2 align-top md:align-middle">
        <StatusBadge status={props.job.status} />
      </td>
      <td class="w-full px-3 py-2 md:w-auto">
        <A href={`/jobs/${props.job.id}`} data-row class="text-strong font-medium wrap-anywhere hover:underline">
          {props.withPipeline ? `${props.job.pipeline} #${props.job.number}` : `#${props.job.number}`}
        </A>
        <div class="text-muted flex flex-wrap justify-between gap-x-3 text-xs md:hidden">
          <RefText job={props.job} />
          <TimeText at={props.job.created_at} />
        </div>
      </td>
      <td class={`${wide} max-w-64`}>
        <RefText job={props.job} />
      </td>
      <td class={`${wide} max-w-48 truncate`} title={props.job.trigger.ref}>
        {props.job.trigger.type} <span class="text-muted">{props.job.trigger.actor}</span>
      </td>
      <td class={wide}>
        <TimeText at={props.job.created_at} />
      </td>
      <td class={`${wide} text-right`}>
        <JobDuration job={props.job} />
      </td>
    </tr>
  );
}
