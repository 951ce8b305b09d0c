import { inject, injectable } from 'tsyringe';
import { type FinalJobStatus, isFinal, type JobStatus, transition } from '../../domain/job/job-status.js';
import type { Clock } from '../ports/clock.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import { Tokens } from '../tokens.js';
import type { JobEvents } from './job-events.js';
import { persistently } from './persistently.js';

/** Gives a job its final status, once: whoever comes second (a cancel, a deadline, the exit) changes nothing. */
@injectable()
export class FinishJob {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.JobEvents) private readonly events: JobEvents,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.jobs');
  }

  /**
   * The status that the job had when this call decided it; undefined where it had ended already or is not there.
   * `reason` undefined keeps what the coordinator reported.
   */
  async execute(jobId: string, status: FinalJobStatus, reason: string | undefined): Promise<JobStatus | undefined> {
    return persistently(
      () => this.#decide(jobId, status, reason),
      (error) => this.#logger.warn('could not store the end of a job; will try again', { job_id: jobId, err: error }),
    );
  }

  async #decide(jobId: string, status: FinalJobStatus, reason: string | undefined): Promise<JobStatus | undefined> {
    for (;;) {
      const job = await this.jobs.findById(jobId);
      if (job === undefined || isFinal(job.status)) return undefined;
      const finishedAt = this.clock.now();
      const change = { finishedAt, reason: reason ?? (status === 'success' ? undefined : job.reason) };
      if (!(await this.jobs.changeStatus(jobId, job.status, transition(job.status, status), change))) continue;

      this.metrics.count('danube_jobs_total', { status });
      this.metrics.observe('danube_job_duration_seconds', (finishedAt - (job.startedAt ?? finishedAt)) / 1000);
      this.#logger.info('job ended', { job_id: jobId, pipeline_id: job.pipelineId, status, reason: change.reason });
      this.events.changed(jobId);
      return job.status;
    }
  }
}
