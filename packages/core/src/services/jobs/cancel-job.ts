import { inject, injectable } from 'tsyringe';
import type { Job } from '../../domain/job/job.js';
import type { JobRepository } from '../ports/job-repository.js';
import { Tokens } from '../tokens.js';
import type { ActiveJobs } from './active-jobs.js';
import type { FinishJob } from './finish-job.js';
import { jobNotFound } from './job-errors.js';
import type { SettleJob } from './settle-job.js';

/** Cancels a job at whatever point it stands. Idempotent: a job that has ended stays as it is. */
@injectable()
export class CancelJob {
  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.FinishJob) private readonly finishJob: FinishJob,
    @inject(Tokens.SettleJob) private readonly settleJob: SettleJob,
    @inject(Tokens.ActiveJobs) private readonly activeJobs: ActiveJobs,
  ) {}

  /**
   * The status stands in the database before anything is stopped, so that a restart in between cannot revive the job.
   * @throws DanubeError `job_not_found`
   */
  async execute(jobId: string, reason: string): Promise<Job> {
    const before = await this.finishJob.execute(jobId, 'cancelled', reason);
    if (before === 'pending') await this.settleJob.unstarted(jobId);
    else if (before !== undefined) this.activeJobs.find(jobId)?.end();
    const job = await this.jobs.findById(jobId);
    if (job !== undefined) return job;
    throw jobNotFound(jobId);
  }
}
