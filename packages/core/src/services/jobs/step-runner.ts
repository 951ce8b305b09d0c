import { inject, injectable } from 'tsyringe';
import type { Step, StepStatus } from '../../domain/step/step.js';
import type { Clock } from '../ports/clock.js';
import type { JobRuntime, ProcessEnd } from '../ports/job-runtime.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { StepChange, StepRepository } from '../ports/step-repository.js';
import { Tokens } from '../tokens.js';
import type { ActiveJob, BegunStep } from './active-job.js';
import { jobNotActive, masterStopping } from './job-errors.js';
import type { JobEvents } from './job-events.js';
import { followOutput } from './follow-output.js';
import { persistently } from './persistently.js';

const graceMs = 10_000;
export const outputCutReason = 'some of its output could not be stored; is the disk full?';

/** Runs one step to its stored end, or takes it up again after a restart. */
@injectable()
export class StepRunner {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.JobRuntime) private readonly runtime: JobRuntime,
    @inject(Tokens.StepRepository) private readonly steps: StepRepository,
    @inject(Tokens.JobEvents) private readonly events: JobEvents,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.jobs');
  }

  /**
   * Starts the step when the job has a free slot; the same sequence answers the same step, and one that has ended
   * answers its row. `timeoutMs` counts from the start.
   */
  begin(
    active: ActiveJob,
    step: Step,
    env: Readonly<Record<string, string>>,
    timeoutMs: number | undefined,
  ): BegunStep {
    return this.#once(active, step, async (onStarted) => {
      if (active.ending.aborted) throw jobNotActive(step.jobId);
      if (active.detached.aborted) throw masterStopping(step.jobId);
      const running = step.startedAt === undefined ? await this.#start(active, step, env, timeoutMs) : step;
      onStarted(running.finishedAt === undefined);
      return running.finishedAt === undefined ? this.#follow(active, running) : running;
    });
  }

  /** Takes up a step that an earlier life of the master started. */
  resume(active: ActiveJob, step: Step): BegunStep {
    return this.begin(active, step, {}, undefined);
  }

  #once(active: ActiveJob, step: Step, run: (onStarted: (started: boolean) => void) => Promise<Step>): BegunStep {
    const begun = active.steps.get(step.sequence);
    if (begun !== undefined) return begun;
    let onStarted: (started: boolean) => void = () => undefined;
    const started = new Promise<boolean>((resolve) => (onStarted = resolve));
    const ended = step.finishedAt === undefined ? active.slots.add(() => run(onStarted)) : Promise.resolve(step);
    if (step.finishedAt !== undefined) onStarted(step.startedAt !== undefined);
    // who waits for it sees the rejection, and asking again begins anew; without a waiter it must not end the master
    ended.catch(() => {
      onStarted(false);
      active.steps.delete(step.sequence);
    });
    active.steps.set(step.sequence, { started, ended });
    return { started, ended };
  }

  async #start(
    active: ActiveJob,
    step: Step,
    env: Readonly<Record<string, string>>,
    timeoutMs: number | undefined,
  ): Promise<Step> {
    const { jobId, sequence, name, command, image } = step;
    try {
      await this.runtime.startStep({ jobId, sequence, name, command, image, env });
      this.metrics.count('danube_exec_commands_total', { status: 'started' });
    } catch (error) {
      // the runtime lets go of a start that is under way; the next master is asked for the same step
      if (active.detached.aborted) throw masterStopping(jobId);
      this.metrics.count('danube_exec_commands_total', { status: 'failed' });
      const reason = error instanceof Error ? error.message : String(error);
      await active.log.remark(`step-${sequence}`, `step "${name}" could not start: ${reason}`);
      return this.#end(step, { status: 'failure', reason, finishedAt: this.clock.now() });
    }
    const startedAt = this.clock.now();
    const deadlineAt = timeoutMs === undefined ? undefined : startedAt + timeoutMs;
    const begun = { status: 'running', startedAt, deadlineAt, logStart: active.log.size() } as const;
    await this.#store(step, begun);
    return { ...step, ...begun };
  }

  async #follow(active: ActiveJob, step: Step): Promise<Step> {
    let timedOut = false;
    const timer =
      step.deadlineAt === undefined
        ? undefined
        : this.clock.callAt(step.deadlineAt, () => {
            timedOut = true;
            void this.runtime.stop(step, graceMs).catch((error: unknown) => {
              this.#logger.error('could not stop a step', { job_id: step.jobId, step: step.name, err: error });
            });
          });
    try {
      const end = await followOutput(this.runtime, active.log, step, step.name, active.detached);
      const logEnd = active.log.size();
      const change = stepEnd(end, timedOut, active.ending.aborted, this.clock.now());
      // the clock of the machine that ran it may be behind
      const finishedAt = Math.max(change.finishedAt, step.startedAt ?? 0);
      return await this.#end(step, { ...change, finishedAt, logEnd });
    } finally {
      timer?.cancel();
    }
  }

  async #end(step: Step, change: StepChange & { readonly status: StepStatus }): Promise<Step> {
    await this.#store(step, change);
    this.metrics.count('danube_steps_total', { status: change.status });
    return { ...step, ...change };
  }

  async #store(step: Step, change: StepChange): Promise<void> {
    await persistently(
      () => this.steps.update(step.jobId, step.sequence, change),
      (error) => this.#logger.warn('could not store a step; will try again', { job_id: step.jobId, err: error }),
    );
    this.events.changed(step.jobId);
  }
}

function stepEnd(end: ProcessEnd, timedOut: boolean, jobEnding: boolean, now: number) {
  if (timedOut) {
    const exitCode = end.kind === 'exited' ? end.exitCode : undefined;
    return { status: 'timeout', exitCode, reason: 'its timeout passed', finishedAt: now } as const;
  }
  const failure = jobEnding ? 'cancelled' : 'failure';
  if (end.kind === 'lost') {
    return { status: failure, reason: end.reason, finishedAt: now } as const;
  }
  const { exitCode } = end;
  const finishedAt = Math.max(end.finishedAt, end.startedAt);
  if (end.outputCut) return { status: failure, exitCode, reason: outputCutReason, finishedAt } as const;
  if (exitCode === 0) return { status: 'success', exitCode, finishedAt } as const;
  return {
    status: jobEnding ? 'cancelled' : 'failure',
    exitCode,
    reason: `exit code ${exitCode}`,
    finishedAt,
  } as const;
}
