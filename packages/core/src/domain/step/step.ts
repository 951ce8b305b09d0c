export const stepStatuses = ['pending', 'running', 'success', 'failure', 'timeout', 'cancelled'] as const;
export type StepStatus = (typeof stepStatuses)[number];

/** One command of a job. `(jobId, sequence)` is its identity and the idempotency key of RunStep. */
export interface Step {
  readonly jobId: string;
  /** 1, 2, 3 … in the order in which the coordinator asked; 0 is the coordinator itself and has no row. */
  readonly sequence: number;
  readonly name: string;
  readonly command: string;
  /** SHA-256 of what was asked for, so that another request under the same sequence is noticed. */
  readonly requestDigest: string;
  readonly image: string | undefined;
  readonly status: StepStatus;
  readonly exitCode: number | undefined;
  readonly reason: string | undefined;
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** Absolute deadline of the step's own timeout. */
  readonly deadlineAt: number | undefined;
  /** Byte range in the job's log that holds all of its lines (lines of parallel steps may stand between). */
  readonly logStart: number | undefined;
  readonly logEnd: number | undefined;
}
