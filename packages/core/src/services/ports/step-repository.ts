import type { Step } from '../../domain/step/step.js';

export interface StepChange {
  readonly status?: Step['status'];
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly deadlineAt?: number | undefined;
  readonly logStart?: number;
  readonly logEnd?: number;
}

export interface StepRepository {
  /** Inserts the step unless `(jobId, sequence)` is there already; answers the stored row and whether it is new. */
  createOnce(step: Step): Promise<{ readonly step: Step; readonly created: boolean }>;
  find(jobId: string, sequence: number): Promise<Step | undefined>;
  /** In order of sequence. */
  listByJob(jobId: string): Promise<readonly Step[]>;
  /** Changes a step that has not ended; false when it has ended or is not there. */
  update(jobId: string, sequence: number, change: StepChange): Promise<boolean>;
  /** Ends every step of the job that has not ended. */
  endAll(jobId: string, status: 'failure' | 'timeout' | 'cancelled', reason: string, finishedAt: number): Promise<void>;
}
