import type { FinalStepStatus, RunEvent } from '../../domain/job/run-event.js';

const tailLines = 20;

export interface StepRecord {
  readonly sequence: number;
  readonly name: string;
  readonly status: FinalStepStatus | 'running';
  readonly exitCode: number | undefined;
  readonly durationMs: number | undefined;
}

/** What is kept of a run while it goes by: enough for the summary, however much it prints. */
export class RunRecord {
  readonly #steps = new Map<number, StepRecord>();
  readonly #tails = new Map<string, string[]>();
  #startedAt: number | undefined;

  take(event: RunEvent): void {
    switch (event.kind) {
      case 'job-started':
        this.#startedAt = event.time;
        return;
      case 'step-started':
        this.#steps.set(event.sequence, {
          sequence: event.sequence,
          name: event.name,
          status: 'running',
          exitCode: undefined,
          durationMs: undefined,
        });
        return;
      case 'output':
        this.#keepLine(event.step, event.text);
        return;
      case 'step-finished':
        this.#steps.set(event.sequence, event);
        return;
      case 'finished':
        // a job that has ended has no running step: what never reported its end went down with the job
        for (const step of this.#steps.values()) {
          if (step.status === 'running') this.#steps.set(step.sequence, { ...step, status: event.status });
        }
        return;
    }
  }

  get steps(): readonly StepRecord[] {
    return [...this.#steps.values()].sort((a, b) => a.sequence - b.sequence);
  }

  get runningSteps(): readonly string[] {
    return this.steps.filter((step) => step.status === 'running').map((step) => step.name);
  }

  /** Steps that did not end well, in order. */
  get failedSteps(): readonly StepRecord[] {
    return this.steps.filter((step) => step.status === 'failure' || step.status === 'timeout');
  }

  /** The last lines that this step, or the coordinator, printed. */
  tailOf(source: string): readonly string[] {
    return this.#tails.get(source) ?? [];
  }

  /** Milliseconds since the job started. */
  elapsedAt(time: number): number {
    return Math.max(0, time - (this.#startedAt ?? time));
  }

  #keepLine(source: string, text: string): void {
    const tail = this.#tails.get(source) ?? [];
    tail.push(text);
    if (tail.length > tailLines) tail.shift();
    this.#tails.set(source, tail);
  }
}
