import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { JobRuntime } from '../ports/job-runtime.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import { Tokens } from '../tokens.js';
import type { ControlEndpoints } from './control-endpoints.js';
import type { FinishJob } from './finish-job.js';
import type { JobLogs } from './job-logs.js';
import type { JobQueue } from './job-queue.js';
import type { JobSecrets } from '../secrets/job-secrets.js';
import type { SettleJob } from './settle-job.js';

/** Takes up every job that an earlier life of the master left unfinished. Called once at start, before the queue opens. */
@injectable()
export class RecoverJobs {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.JobRuntime) private readonly runtime: JobRuntime,
    @inject(Tokens.JobQueue) private readonly queue: JobQueue,
    @inject(Tokens.FinishJob) private readonly finishJob: FinishJob,
    @inject(Tokens.JobLogs) private readonly logs: JobLogs,
    @inject(Tokens.SettleJob) private readonly settleJob: SettleJob,
    @inject(Tokens.JobSecrets) private readonly secrets: JobSecrets,
    @inject(Tokens.ControlEndpoints) private readonly endpoints: ControlEndpoints,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.jobs');
  }

  async execute(): Promise<void> {
    const unfinished = await this.jobs.listUnfinished();
    for (const job of unfinished) {
      if (job.status !== 'pending') await this.#takeUp(job);
    }
    const known = new Set(unfinished.map(({ id }) => id));
    for (const id of await this.runtime.listJobs()) {
      if (!known.has(id)) await this.#sweep(id);
    }
  }

  async #takeUp(job: Job): Promise<void> {
    if ((await this.runtime.adopt(job.id, this.endpoints.current())) === 'started') {
      this.#logger.info('job goes on after a restart', { job_id: job.id, pipeline_id: job.pipelineId });
      await this.queue.adopt(job);
    } else if (job.status === 'scheduling') {
      this.#logger.info('job had not started yet and queues again', { job_id: job.id, pipeline_id: job.pipelineId });
      await this.jobs.changeStatus(job.id, 'scheduling', 'pending', {});
      await this.secrets.clear(job.id);
    } else {
      await this.finishJob.execute(job.id, 'failure', 'lost: after a restart its processes and files were gone');
      await this.settleJob.unstarted(job.id);
    }
  }

  /** A job that had its final status already, but was not settled. */
  async #sweep(jobId: string): Promise<void> {
    try {
      if ((await this.jobs.findById(jobId)) === undefined) await this.#discard(jobId);
      else await this.settleJob.execute(jobId, await this.logs.open(jobId), undefined);
    } catch (error) {
      this.#logger.error('could not clean up after a job', { job_id: jobId, err: error });
    }
  }

  async #discard(jobId: string): Promise<void> {
    await this.runtime.stopJob(jobId, 0);
    await this.runtime.cleanUp(jobId);
  }
}
