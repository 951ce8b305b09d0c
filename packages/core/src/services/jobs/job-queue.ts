import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { Clock } from '../ports/clock.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { RequestContext } from '../ports/request-context.js';
import { Tokens } from '../tokens.js';
import type { JobEvents } from './job-events.js';
import type { RunJob } from './run-job.js';

const retryMs = 1_000;

/**
 * Claims pending jobs, oldest first, below the instance's limit and each pipeline's own. The queue is the table: this
 * holds only which claimed jobs have not ended.
 */
@injectable()
export class JobQueue {
  readonly #logger: Logger;
  readonly #claimed = new Map<string, string>();
  #draining: Promise<void> | undefined;
  #again = false;
  #open = false;

  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
    @inject(Tokens.RunJob) private readonly runJob: RunJob,
    @inject(Tokens.JobEvents) private readonly events: JobEvents,
    @inject(Tokens.RequestContext) private readonly context: RequestContext,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.jobs');
  }

  /** Lets claims begin; before, {@link wake} does nothing. */
  open(): void {
    this.#open = true;
    this.wake();
  }

  /** No further claims; resolves when every claimed job is among the active ones. */
  async close(): Promise<void> {
    this.#open = false;
    await this.#draining;
  }

  /** A job that an earlier life of the master claimed goes on and counts against the limits. */
  adopt(job: Job): Promise<void> {
    return this.#run(job, 'resume');
  }

  /** Call it whenever a job may have become ready: after an insert, an end, a change of limits. Cheap and reentrant. */
  wake(): void {
    if (!this.#open) return;
    this.#again = true;
    // a job is not part of the request that happened to wake the queue
    this.#draining ??= this.context
      .leave(() => this.#drain())
      .finally(() => {
        this.#draining = undefined;
        // woken between the end of the loop and now
        if (this.#again) this.wake();
      });
  }

  async #drain(): Promise<void> {
    while (this.#again && this.#open) {
      this.#again = false;
      try {
        await this.#claimReady();
      } catch (error) {
        this.#logger.error('could not claim jobs; will try again', { err: error });
        this.clock.callAt(this.clock.now() + retryMs, () => this.wake());
      }
    }
  }

  async #claimReady(): Promise<void> {
    const limits = await this.pipelines.listConcurrencyLimits();
    for (;;) {
      const free = this.configuration.settings.jobs.maxConcurrent - this.#claimed.size;
      if (free <= 0) return;
      const full = [...limits].filter(([id, limit]) => this.#countOf(id) >= limit).map(([id]) => id);
      const [next] = await this.jobs.nextPending(1, full);
      if (next === undefined) return;
      await this.#claim(next);
    }
  }

  async #claim(job: Job): Promise<void> {
    const now = this.clock.now();
    const pipeline = await this.pipelines.findById(job.pipelineId);
    const timeoutMs = pipeline?.spec.timeoutMs ?? this.configuration.settings.jobs.defaultTimeoutMs;
    const change = { scheduledAt: now, deadlineAt: job.deadlineAt ?? now + timeoutMs };
    if (!(await this.jobs.changeStatus(job.id, 'pending', 'scheduling', change))) return;
    this.metrics.observe('danube_job_queue_seconds', (now - job.createdAt) / 1000);
    this.events.changed(job.id);
    await this.#run({ ...job, status: 'scheduling', ...change }, 'start');
  }

  /** Resolves once the job is looked after, not when it has ended. */
  async #run(job: Job, mode: 'start' | 'resume'): Promise<void> {
    const active = await this.runJob.open(job, mode);
    if (active === undefined) return;
    this.#claimed.set(job.id, job.pipelineId);
    void this.runJob.execute(active, mode).finally(() => {
      this.#claimed.delete(job.id);
      this.wake();
    });
  }

  #countOf(pipelineId: string): number {
    let count = 0;
    for (const id of this.#claimed.values()) if (id === pipelineId) count += 1;
    return count;
  }
}
