import type { RunStepEvent } from '../jobs/run-step.js';

const noExitCode = -1;

/** The end of a step, with the field names of coordinator.proto. */
export interface ExitFacts {
  /** 0 for a success and for nothing else; -1 where the command left no exit code. */
  readonly exit_code: number;
  readonly status: string;
  readonly reason: string;
  readonly started_at_ms: number;
  readonly finished_at_ms: number;
  readonly stdout_skipped: number;
  readonly stderr_skipped: number;
}

export function exitFacts({ step, skipped }: Extract<RunStepEvent, { kind: 'exit' }>): ExitFacts {
  return {
    exit_code: step.status === 'success' ? 0 : step.exitCode || noExitCode,
    status: step.status,
    reason: step.reason ?? '',
    started_at_ms: step.startedAt ?? 0,
    finished_at_ms: step.finishedAt ?? 0,
    stdout_skipped: skipped.stdout,
    stderr_skipped: skipped.stderr,
  };
}
