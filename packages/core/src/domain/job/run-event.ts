import type { StepStatus } from '../step/step.js';
import type { FinalJobStatus } from './job-status.js';

export type FinalStepStatus = Exclude<StepStatus, 'pending' | 'running'>;

/**
 * What somebody who watches one job sees, in the order in which it happened. Times are milliseconds since the epoch.
 * The last event is always `finished`.
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
      readonly stream: 'stdout' | 'stderr';
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
