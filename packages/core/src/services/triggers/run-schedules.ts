import PQueue from 'p-queue';
import { inject, injectable } from 'tsyringe';
import { ScheduleIndex, type DueRun } from '../../domain/cron/schedule-index.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { Clock } from '../ports/clock.js';
import type { CronRunRepository } from '../ports/cron-run-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import { Tokens } from '../tokens.js';
import { inTurns } from './in-turns.js';
import type { StartScheduledJob } from './start-scheduled-job.js';

const minuteMs = 60_000;
const startsAtOnce = 8;

/**
 * Starts jobs of cron triggers. Each minute it compares what is due with what the database says was dealt with: nothing
 * depends on a timer firing at the right moment, on this process having run, or on the clock going evenly.
 */
@injectable()
export class RunSchedules {
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  readonly #queue = new PQueue({ concurrency: startsAtOnce });
  readonly #index = new ScheduleIndex();
  readonly #running = new Set<string>();
  /** One after the other: what changes the index, and what looks into it. */
  #indexing: Promise<unknown> = Promise.resolve();
  /** When the first change came into force that has not been read yet. */
  #changedAt: number | undefined;
  #unsubscribe = (): void => undefined;
  #alarm: { cancel(): void } | undefined;

  constructor(
    @inject(Tokens.ActiveConfiguration) private readonly active: ActiveConfiguration,
    @inject(Tokens.CronRunRepository) private readonly cronRuns: CronRunRepository,
    @inject(Tokens.StartScheduledJob) private readonly startScheduledJob: StartScheduledJob,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.cron');
  }

  /** Reads the schedules and runs from now on. What fell due meanwhile is dealt with in the background. */
  async start(): Promise<void> {
    this.#unsubscribe = this.active.subscribe(() => this.changed());
    this.changed();
    await this.#indexing;
    this.#tickLater(0);
  }

  /** Starts nothing any more; resolves when what was being started is. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the server stops'));
    this.#unsubscribe();
    this.#alarm?.cancel();
    this.#queue.clear();
    await Promise.all([this.#indexing, this.#queue.onIdle()]);
  }

  /** Tells that schedules have changed. Those that are new count from now on, never from the past. */
  changed(): void {
    if (this.#changedAt !== undefined) return;
    this.#changedAt = this.clock.now();
    this.#indexing = this.#indexing.then(() => this.#reload());
  }

  /** Deals with everything that is due now; resolves when that is done. */
  async tick(): Promise<void> {
    const looking = this.#indexing.then(() => this.#findDue());
    this.#indexing = looking.catch(() => undefined);
    const due = await looking;
    await Promise.all(due.map((run) => this.#queue.add(() => this.#start(run))));
  }

  async #findDue(): Promise<readonly DueRun[]> {
    await this.#reload();
    return inTurns(this.#index.takeDue(this.clock.now()));
  }

  #tickLater(delayMs: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#alarm = this.clock.callAfter(delayMs, () => {
      this.#tickLater(minuteMs - (this.clock.now() % minuteMs));
      void this.tick();
    });
  }

  async #start(run: DueRun): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    if (this.#running.has(run.key)) {
      this.#index.again(run.key);
      return;
    }
    this.#running.add(run.key);
    try {
      const settled = await this.startScheduledJob.execute(run, this.#stopping.signal);
      if (settled) this.#index.settle(run.key, run.dueAt);
      else this.#index.again(run.key);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      this.#index.again(run.key);
      this.#logger.error('a schedule could not be run; it is tried again in a minute', {
        pipeline: run.pipelineId,
        schedule: run.trigger.schedule,
        err: error,
      });
    } finally {
      this.#running.delete(run.key);
    }
  }

  async #reload(): Promise<void> {
    const changedAt = this.#changedAt;
    if (changedAt === undefined) return;
    this.#changedAt = undefined;
    try {
      await this.cronRuns.removeUnscheduled();
      const scheduled = await this.cronRuns.listScheduled();
      const fresh = scheduled.filter(({ run }) => run === undefined);
      await this.cronRuns.save(
        fresh.map(({ pipelineId, trigger: { schedule } }) => ({
          pipelineId,
          schedule,
          lastDueAt: changedAt,
          lastJobId: undefined,
          lastOutcome: 'in force, not due yet',
        })),
      );
      const entries = scheduled.map(({ pipelineId, trigger, run }) => ({
        pipelineId,
        trigger,
        lastDueAt: run?.lastDueAt ?? changedAt,
      }));
      await inTurns(this.#index.replace(entries));
    } catch (error) {
      this.#logger.error('the schedules could not be read; those of before stay in force', { err: error });
      this.#changedAt = changedAt;
    }
  }
}
