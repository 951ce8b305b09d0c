import type { SecretValue } from '@danube/plugin-api';
import type { Artifact } from '../../domain/artifact/artifact.js';
import type { UploadRequest } from '../artifacts/store-artifact.js';
import type { RunStepEvent, RunStepRequest } from '../jobs/run-step.js';

/** What a coordinator may say of its pipeline. */
export const reportedStatuses = ['running', 'success', 'failure'] as const;
export type ReportedStatus = (typeof reportedStatuses)[number];

/** An artifact on its way to a coordinator. */
export interface OpenArtifact {
  readonly artifact: Artifact;
  readonly content: AsyncIterable<Uint8Array>;
}

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
  /**
   * Stores an artifact as a whole or not at all. Idempotent by name and content.
   * @throws DanubeError as `StoreArtifact`
   */
  uploadArtifact(
    jobId: string,
    request: UploadRequest,
    archive: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<Artifact>;
  /** @throws DanubeError `artifact_not_found` (not_found), and those of the storage while it is read */
  downloadArtifact(jobId: string, name: string, signal: AbortSignal): Promise<OpenArtifact>;
  /** Idempotent: the last report counts. */
  reportStatus(jobId: string, status: ReportedStatus, message: string): Promise<void>;
}
