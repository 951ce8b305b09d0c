import type { Step } from '../step/step.js';

/** What provenance tells of a step. Its command is left out: it may hold what is nobody's business outside. */
export interface StepRecord {
  readonly sequence: number;
  readonly name: string;
  readonly image?: string;
  readonly status: string;
  readonly exit_code?: number;
  readonly started_at?: string;
  readonly finished_at?: string;
}

export function stepRecords(steps: readonly Step[]): readonly StepRecord[] {
  return steps.map(({ sequence, name, image, status, exitCode, startedAt, finishedAt }) => ({
    sequence,
    name,
    ...(image !== undefined && { image }),
    status,
    ...(exitCode !== undefined && { exit_code: exitCode }),
    ...(startedAt !== undefined && { started_at: new Date(startedAt).toISOString() }),
    ...(finishedAt !== undefined && { finished_at: new Date(finishedAt).toISOString() }),
  }));
}
