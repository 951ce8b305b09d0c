import type { Job } from '../../domain/job/job.js';

/** A job whose forge has not been told its present state yet. */
export interface DueCommitStatus {
  readonly job: Job;
  /** Name of the forge's entry. */
  readonly forge: string;
  /** Attempts that failed since the last one that did not. */
  readonly attempts: number;
}

/** What forges were told about jobs. The jobs themselves say what is to be told: nothing can be forgotten. */
export interface CommitStatusRepository {
  /** That this forge wants to hear about the job. Idempotent; joins the transaction that makes the job. */
  expect(jobId: string, forge: string): Promise<void>;
}
