import { Show } from 'solid-js';
import type { Job } from '../../api/types.ts';
import { shortCommit } from '../../format/commit.ts';

/** The branch and the commit of a job. */
export function RefText(props: { readonly job: Job }) {
  return (
    <span class="inline-flex min-w-0 items-baseline gap-2">
      <span class="truncate" title={props.job.source.ref}>
        <Show when={props.job.pull_request} fallback={props.job.source.branch}>
          {(request) => `#${request().number} → ${request().target_branch}`}
        </Show>
      </span>
      <code class="text-muted font-mono text-xs" title={props.job.source.commit}>
        {shortCommit(props.job.source.commit)}
      </code>
    </span>
  );
}
