import type { FinalJobStatus } from '../../domain/job/job-status.js';
import type { StepStatus } from '../../domain/step/step.js';
import type { OutputStream } from '../../services/ports/job-runtime.js';

export type FinalStepStatus = Exclude<StepStatus, 'pending' | 'running'>;

/**
 * What `danube run` sees of its job, in the order in which it happened. Times are milliseconds since the epoch.
 * The last event is always `finished`, also after an interrupt.
 */
export type RunEvent =
  | {
      readonly kind: 'job-started';
      readonly jobId: string;
      readonly pipeline: string;
      readonly branch: string;
      readonly time: number;
    }
  | { readonly kind: 'step-started'; readonly sequence: number; readonly name: string; readonly time: number }
  | {
      readonly kind: 'output';
      /** Name of the step as in the job log; the coordinator and the master have names of their own there. */
      readonly step: string;
      readonly stream: OutputStream;
      /** One line without its end. */
      readonly text: string;
      readonly time: number;
    }
  | {
      readonly kind: 'step-finished';
      readonly sequence: number;
      readonly name: string;
      readonly status: FinalStepStatus;
      readonly exitCode: number | undefined;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'finished';
      readonly status: FinalJobStatus;
      readonly reason: string | undefined;
      readonly durationMs: number;
    };

/** What a person asks of `danube run`. */
export interface RunOptions {
  /** Absolute path of the folder to run. */
  readonly directory: string;
  /** Path of the pipeline file within it. */
  readonly file: string;
  /** Branch name that the pipeline sees; undefined: the one that is checked out. */
  readonly branch: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the folder's pipeline here and now. Aborting the signal cancels the job; its `finished` event still comes. */
export type StartRun = (options: RunOptions, signal: AbortSignal) => AsyncIterable<RunEvent>;
