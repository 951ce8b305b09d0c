import type { Job } from '../../domain/job/job.js';
import type { JobStatus } from '../../domain/job/job-status.js';

/** A job whose forge has not been told its present status. */
export interface DueCommitStatus {
  readonly job: Job;
  /** Name of the forge's entry. */
  readonly forge: string;
  /** The status of the job that the forge was told last. */
  readonly reported: JobStatus | undefined;
  /** Attempts that failed since the last one that did not. */
  readonly attempts: number;
  /** A newer job of the same pipeline and commit reports to the same forge, and so under the same name. */
  readonly superseded: boolean;
}

/** What became of the reports about one job. */
export interface CommitStatusReport {
  readonly forge: string;
  readonly reported: JobStatus | undefined;
  /** Nothing more is sent: the final status was accepted, or `error` says why not. */
  readonly settled: boolean;
  /** Why the last attempt failed, or why there are no more. */
  readonly error: string | undefined;
}

/** What forges were told about jobs. The jobs themselves say what is to be told: nothing can be forgotten. */
export interface CommitStatusRepository {
  /** That this forge wants to hear about the job. Idempotent; joins the transaction that makes the job. */
  expect(jobId: string, forge: string): Promise<void>;
  findByJob(jobId: string): Promise<CommitStatusReport | undefined>;
  /** Forges with a job that is not settled. */
  listForges(): Promise<readonly string[]>;
  /**
   * The job that this forge should be told about first, of those whose next attempt is due; none of the same pipeline and
   * commit as a `busy` job, so that two attempts cannot overtake each other.
   */
  nextDue(forge: string, now: number, busyJobs: readonly string[]): Promise<DueCommitStatus | undefined>;
  /** The earliest time after `now` at which an attempt falls due. */
  nextAttemptAfter(now: number): Promise<number | undefined>;
  /** That the forge knows this status; the last one where `settled`. */
  recordReported(jobId: string, status: JobStatus, settled: boolean): Promise<void>;
  recordFailure(jobId: string, error: string, nextAttemptAt: number): Promise<void>;
  /** That nothing more is sent, and why. */
  giveUp(jobId: string, error: string): Promise<void>;
}
