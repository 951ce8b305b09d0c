import { Show } from 'solid-js';
import type { JobDetail } from '../../api/types.ts';
import { EmptyState } from '../../components/states/empty-state.tsx';
import { TimeText } from '../../components/text/time-text.tsx';
import { isFinal } from '../../domain/job-status.ts';
import { LogViewer } from '../../log/log-viewer.tsx';

/** The log of the job, live while it runs. */
export function JobLog(props: { readonly job: JobDetail }) {
  const failedSteps = () =>
    props.job.steps.filter(({ status }) => status !== 'success' && isFinal(status)).map(({ sequence }) => sequence);
  return (
    <Show when={props.job.log_removed_at} fallback={<StoredLog job={props.job} failedSteps={failedSteps()} />}>
      {(removedAt) => (
        <EmptyState title="The log was removed">
          <TimeText at={removedAt()} />, as it was older than <code class="font-mono">retention.logs_days</code> of the
          config repository.
        </EmptyState>
      )}
    </Show>
  );
}

function StoredLog(props: { readonly job: JobDetail; readonly failedSteps: readonly number[] }) {
  return (
    <LogViewer
      jobId={props.job.id}
      live={!isFinal(props.job.status)}
      failedSteps={props.failedSteps}
      fileName={`${props.job.pipeline}-${props.job.number}.log`}
    />
  );
}
