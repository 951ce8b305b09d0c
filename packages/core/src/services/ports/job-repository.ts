import type { JobStatus } from '../../domain/job/job-status.js';
import type { Job, JobSource, JobTrigger, PullRequestInfo } from '../../domain/job/job.js';

export interface NewJob {
  readonly id: string;
  readonly pipelineId: string;
  readonly trigger: JobTrigger;
  readonly source: JobSource;
  readonly pullRequest: PullRequestInfo | undefined;
  readonly withSecrets: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

/** Fields that a status change may set together with the status. */
export interface JobChange {
  readonly scheduledAt?: number | undefined;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly deadlineAt?: number | undefined;
  readonly reason?: string | undefined;
}

export interface JobFilter {
  readonly pipelineId?: string;
  readonly statuses?: readonly JobStatus[];
  readonly branch?: string;
  readonly triggerType?: JobTrigger['type'];
  /** Milliseconds since the epoch, inclusive and exclusive. */
  readonly createdFrom?: number;
  readonly createdBefore?: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Pass it as `cursor` for the next page; undefined on the last. */
  readonly nextCursor: string | undefined;
}

export interface JobRepository {
  /** Inserts a `pending` row and gives it the pipeline's next number. */
  create(job: NewJob): Promise<Job>;
  findById(id: string): Promise<Job | undefined>;
  /** Newest first. `cursor` is a job id (keyset pagination). */
  list(filter: JobFilter, page: { readonly limit: number; readonly cursor?: string }): Promise<Page<Job>>;
  /** Oldest first, every job that has not ended. */
  listUnfinished(): Promise<readonly Job[]>;
  /** The unfinished job of exactly this pipeline, ref and commit, if there is one. */
  findUnfinishedDuplicate(pipelineId: string, ref: string, commit: string): Promise<Job | undefined>;
  /** Unfinished jobs of that pipeline and ref, oldest first. */
  listUnfinishedByRef(pipelineId: string, ref: string): Promise<readonly Job[]>;
  /** How many jobs stand in each status that has not ended. */
  countByUnfinishedStatus(): Promise<ReadonlyMap<JobStatus, number>>;
  /** Pending jobs, oldest first, of pipelines not listed in `exceptPipelines`. */
  nextPending(limit: number, exceptPipelines: readonly string[]): Promise<readonly Job[]>;
  /** The last jobs of each pipeline, newest first; for overviews. */
  listRecentByPipeline(pipelineIds: readonly string[], limit: number): Promise<ReadonlyMap<string, readonly Job[]>>;
  /** Compare-and-set: changes the row only while its status is `from`. False when somebody else was first. */
  changeStatus(id: string, from: JobStatus, to: JobStatus, change: JobChange): Promise<boolean>;
  /** Sets the reason of a job that has not ended, as reported by its coordinator. */
  setReason(id: string, reason: string): Promise<void>;
}
