import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { JobDetail } from '../../api/types.ts';
import { ExternalLink } from '../../components/text/external-link.tsx';
import { JobDuration } from '../../components/text/job-duration.tsx';
import { RefText } from '../../components/text/ref-text.tsx';
import { TimeText } from '../../components/text/time-text.tsx';
import { commitAddress } from '../../domain/repository-address.ts';
import { ReportedStatus } from './reported-status.tsx';

/** Whose job it is, of what, and since when. */
export function JobFacts(props: { readonly job: JobDetail }) {
  return (
    <div class="text-muted mt-1 flex flex-wrap gap-x-4 gap-y-1">
      <A href={`/pipelines/${encodeURIComponent(props.job.pipeline_id)}`} class="text-accent underline">
        {props.job.pipeline}
      </A>
      <ExternalLink href={commitAddress(props.job.source.repository, props.job.source.commit)}>
        <RefText job={props.job} />
      </ExternalLink>
      <span>
        {props.job.trigger.type} by {props.job.trigger.actor}
      </span>
      <span>
        created <TimeText at={props.job.created_at} exact />
      </span>
      <span>
        ran <JobDuration job={props.job} />
      </span>
      <Show when={!props.job.with_secrets}>
        <span>without secrets</span>
      </Show>
      <ReportedStatus job={props.job} />
    </div>
  );
}
