import type { JobStatus } from './job-status.js';

/** What caused a job. `ref` is what the trigger named, for example `refs/heads/main` or a cron expression. */
export interface JobTrigger {
  readonly type: 'manual' | 'webhook' | 'cron' | 'cli';
  readonly ref: string;
  /** Who or what asked: a user, a token's name, a delivery. */
  readonly actor: string;
}

/** The exact source of a job. */
export interface JobSource {
  readonly repositoryUrl: string;
  /** Full ref such as `refs/heads/main`. */
  readonly ref: string;
  /** Short branch or tag name, for people and for `ctx.branch`. */
  readonly branch: string;
  readonly commit: string;
}

/** The pull request that a job tests. */
export interface PullRequestInfo {
  readonly number: number;
  readonly targetBranch: string;
  /** Its commits come from another repository, whose writers may be anybody. */
  readonly fromFork: boolean;
}

/** One run of a pipeline. Times are milliseconds since the epoch. */
export interface Job {
  readonly id: string;
  /** Counts up by one within the pipeline. */
  readonly number: number;
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly status: JobStatus;
  readonly trigger: JobTrigger;
  readonly source: JobSource;
  readonly pullRequest: PullRequestInfo | undefined;
  /** False: the job is given no secret whatever it asks for. */
  readonly withSecrets: boolean;
  /** Extra environment of the coordinator and every step. Never secrets. */
  readonly env: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** When the queue claimed it. */
  readonly scheduledAt: number | undefined;
  /** When the coordinator started. */
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** Absolute, set when claimed, so that a restart does not reset it. */
  readonly deadlineAt: number | undefined;
  /** Why it ended as it did, in words; undefined for a plain success. */
  readonly reason: string | undefined;
  /** When its log went, some time after the job had ended; undefined while there is one. */
  readonly logRemovedAt: number | undefined;
}
