import { Show } from 'solid-js';
import type { JobDetail } from '../../api/types.ts';

/** What the forge was told about the job. */
export function ReportedStatus(props: { readonly job: JobDetail }) {
  return (
    <Show when={props.job.commit_status}>
      {(status) => (
        <span>
          {status().forge}:{' '}
          <Show when={status().error} fallback={status().reported ?? 'not told yet'}>
            {(error) => <span class="text-warn">{error()}</span>}
          </Show>
        </span>
      )}
    </Show>
  );
}
