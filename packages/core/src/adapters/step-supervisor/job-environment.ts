import type { JobSpec } from '../../services/ports/job-runtime.js';

/** What the coordinator and every step of a job have in common. */
export function jobEnvironment(job: JobSpec, workspace: string): Record<string, string> {
  return {
    ...job.env,
    DANUBE_JOB_ID: job.jobId,
    DANUBE_PIPELINE_ID: job.pipelineId,
    DANUBE_PIPELINE: job.pipelineName,
    DANUBE_REPO: job.source.repositoryUrl,
    DANUBE_BRANCH: job.source.branch,
    DANUBE_COMMIT_SHA: job.source.commit,
    DANUBE_TRIGGER_TYPE: job.trigger.type,
    DANUBE_TRIGGER_REF: job.trigger.ref,
    DANUBE_WORKSPACE: workspace,
    ...(job.deadlineAt === undefined ? {} : { DANUBE_DEADLINE: String(job.deadlineAt) }),
  };
}

/** What only the coordinator gets. */
export function coordinatorEnvironment(
  job: JobSpec,
  paths: { readonly connectionFile: string; readonly sdk: string },
): Record<string, string> {
  const own = job.env['PYTHONPATH'];
  return {
    DANUBE_CONNECTION_FILE: paths.connectionFile,
    PYTHONPATH: own === undefined ? paths.sdk : `${paths.sdk}:${own}`,
    // its output is not a terminal, and Python would write it in blocks
    PYTHONUNBUFFERED: '1',
  };
}
