import type { Static } from 'typebox';
import type { Artifact } from '../../../domain/artifact/artifact.js';
import type { Job } from '../../../domain/job/job.js';
import type { Step } from '../../../domain/step/step.js';
import type { CommitStatusReport } from '../../../services/ports/commit-status-repository.js';
import { commitStateOf } from '../../../services/statuses/commit-state.js';
import type { JobDetailSchema, JobSchema, RecentJobSchema, StepSchema } from '../schemas/job.js';
import { artifactView } from './artifact-view.js';
import { isoTime, optionalIsoTime } from './iso-time.js';

export function jobView(job: Job): Static<typeof JobSchema> {
  const { repositoryUrl, ...source } = job.source;
  return {
    id: job.id,
    number: job.number,
    pipeline_id: job.pipelineId,
    pipeline: job.pipelineName,
    status: job.status,
    reason: job.reason,
    trigger: job.trigger,
    source: { repository: repositoryUrl, ...source },
    pull_request: job.pullRequest && {
      number: job.pullRequest.number,
      target_branch: job.pullRequest.targetBranch,
      from_fork: job.pullRequest.fromFork,
    },
    with_secrets: job.withSecrets,
    created_at: isoTime(job.createdAt),
    scheduled_at: optionalIsoTime(job.scheduledAt),
    started_at: optionalIsoTime(job.startedAt),
    finished_at: optionalIsoTime(job.finishedAt),
    deadline_at: optionalIsoTime(job.deadlineAt),
    log_removed_at: optionalIsoTime(job.logRemovedAt),
  };
}

export function recentJobView(job: Job): Static<typeof RecentJobSchema> {
  const { id, number, status, created_at, started_at, finished_at } = jobView(job);
  return { id, number, status, created_at, started_at, finished_at };
}

export function jobDetailView(
  job: Job,
  steps: readonly Step[],
  status: CommitStatusReport | undefined,
  artifacts: readonly Artifact[],
): Static<typeof JobDetailSchema> {
  return {
    ...jobView(job),
    env: job.env,
    commit_status: status && statusView(status),
    steps: steps.map(stepView),
    artifacts: artifacts.map(artifactView),
  };
}

function statusView({ forge, reported, settled, error }: CommitStatusReport) {
  return { forge, reported: reported && commitStateOf(reported), settled, error };
}

function stepView(step: Step): Static<typeof StepSchema> {
  return {
    sequence: step.sequence,
    name: step.name,
    command: step.command,
    image: step.image,
    status: step.status,
    exit_code: step.exitCode,
    reason: step.reason,
    created_at: isoTime(step.createdAt),
    started_at: optionalIsoTime(step.startedAt),
    finished_at: optionalIsoTime(step.finishedAt),
    deadline_at: optionalIsoTime(step.deadlineAt),
    log_start: step.logStart,
    log_end: step.logEnd,
  };
}
