import type { JobDetail } from '../../api/types.ts';
import { isFinal } from '../../domain/job-status.ts';
import { LogViewer } from '../../log/log-viewer.tsx';

/** The log of the job, live while it runs. */
export function JobLog(props: { readonly job: JobDetail }) {
  const failedSteps = () =>
    props.job.steps.filter(({ status }) => status !== 'success' && isFinal(status)).map(({ sequence }) => sequence);
  return (
    <LogViewer
      jobId={props.job.id}
      live={!isFinal(props.job.status)}
      failedSteps={failedSteps()}
      fileName={`${props.job.pipeline}-${props.job.number}.log`}
    />
  );
}
