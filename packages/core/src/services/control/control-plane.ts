import type { SecretValue } from '@danube/plugin-api';
import type { RunStepEvent, RunStepRequest } from '../jobs/run-step.js';

/** What a coordinator may say of its pipeline. */
export const reportedStatuses = ['running', 'success', 'failure'] as const;
export type ReportedStatus = (typeof reportedStatuses)[number];

/** What coordinators can ask of the master. Both transports serve this and nothing else. */
export interface ControlPlane {
  /**
   * The job whose token this is.
   * @throws DanubeError `token_invalid` (unauthenticated) for any other text, and for the token of a job that has ended.
   */
  authenticate(token: string): Promise<string>;
  /**
   * Starts the step unless its sequence has been started before; output from where the caller has it, then one `exit`.
   * The consumer's pace is obeyed. Aborting the signal ends the answer, not the step: asking again goes on.
   * @throws DanubeError `step_conflict` (conflict), `job_not_active` (conflict), `master_stopping` (unavailable)
   */
  runStep(jobId: string, request: RunStepRequest, signal: AbortSignal): AsyncIterable<RunStepEvent>;
  /**
   * A secret of the job.
   * @throws DanubeError `secret_not_found`, `secrets_withheld` (forbidden), `job_not_active` (conflict)
   */
  getSecret(jobId: string, name: string): Promise<SecretValue>;
  /** Idempotent: the last report counts. */
  reportStatus(jobId: string, status: ReportedStatus, message: string): Promise<void>;
}
