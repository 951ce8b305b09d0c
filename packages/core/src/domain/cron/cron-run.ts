import type { CronTrigger } from '../pipeline/pipeline.js';

/** How far a schedule of a pipeline has come. */
export interface CronRun {
  readonly pipelineId: string;
  readonly schedule: string;
  /** The last time that is dealt with, or when the schedule came into force. Milliseconds since the epoch. */
  readonly lastDueAt: number;
  /** The last job that it started. */
  readonly lastJobId: string | undefined;
  /** What came of the last time, in words; also why a due one could not be started yet. */
  readonly lastOutcome: string;
}

/** A schedule that is in force. */
export interface ScheduledTrigger {
  readonly pipelineId: string;
  readonly trigger: CronTrigger;
  /** Undefined where it is new. */
  readonly run: CronRun | undefined;
}
