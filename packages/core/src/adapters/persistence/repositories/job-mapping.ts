import type { JobStatus } from '../../../domain/job/job-status.js';
import type { Job, JobTrigger, PullRequestInfo } from '../../../domain/job/job.js';
import type { JobChange, NewJob } from '../../../services/ports/job-repository.js';
import type { JobRow } from '../entities/job-row.js';
import type { SqlValue } from '../statements.js';

export function toDomain(row: JobRow): Job {
  return {
    id: row.id,
    number: row.number,
    pipelineId: row.pipeline_id,
    // a pipeline's id is its name
    pipelineName: row.pipeline_id,
    status: row.status as JobStatus,
    trigger: { type: row.trigger_type as JobTrigger['type'], ref: row.trigger_ref, actor: row.trigger_actor },
    source: { repositoryUrl: row.repository_url, ref: row.ref, branch: row.branch, commit: row.commit_sha },
    pullRequest: row.pull_request === null ? undefined : (JSON.parse(row.pull_request) as PullRequestInfo),
    withSecrets: row.with_secrets === 1,
    env: JSON.parse(row.env) as Record<string, string>,
    createdAt: row.created_at,
    scheduledAt: row.scheduled_at ?? undefined,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    deadlineAt: row.deadline_at ?? undefined,
    reason: row.reason ?? undefined,
    logRemovedAt: row.log_removed_at ?? undefined,
  };
}

/** A pending job's columns, without those that the database fills in. */
export function toNewRow(
  job: NewJob,
): Omit<
  JobRow,
  'sequence' | 'number' | 'scheduled_at' | 'started_at' | 'finished_at' | 'deadline_at' | 'reason' | 'log_removed_at'
> {
  return {
    id: job.id,
    pipeline_id: job.pipelineId,
    status: 'pending',
    trigger_type: job.trigger.type,
    trigger_ref: job.trigger.ref,
    trigger_actor: job.trigger.actor,
    repository_url: job.source.repositoryUrl,
    ref: job.source.ref,
    branch: job.source.branch,
    commit_sha: job.source.commit,
    pull_request: job.pullRequest === undefined ? null : JSON.stringify(job.pullRequest),
    with_secrets: job.withSecrets ? 1 : 0,
    env: JSON.stringify(job.env),
    created_at: job.createdAt,
  };
}

const changeColumns: Readonly<Record<keyof JobChange, keyof JobRow>> = {
  scheduledAt: 'scheduled_at',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  deadlineAt: 'deadline_at',
  reason: 'reason',
};

/** Only what the change names; a field that it names as undefined is cleared. */
export function toChangedColumns(change: JobChange): Record<string, SqlValue> {
  const entries = Object.entries(change) as [keyof JobChange, string | number | undefined][];
  return Object.fromEntries(entries.map(([field, value]) => [changeColumns[field], value ?? null]));
}
