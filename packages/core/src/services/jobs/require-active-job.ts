import { isFinal } from '../../domain/job/job-status.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { ActiveJob } from './active-job.js';
import type { ActiveJobs } from './active-jobs.js';
import { jobNotActive, jobNotTakenUp } from './job-errors.js';

/**
 * The job, where this master runs it and it may still ask for something.
 * @throws DanubeError `job_not_active` (conflict), `job_not_taken_up` (unavailable)
 */
export async function requireActiveJob(activeJobs: ActiveJobs, jobs: JobRepository, jobId: string): Promise<ActiveJob> {
  const active = activeJobs.find(jobId);
  if (active !== undefined && !active.ending.aborted) return active;
  const job = await jobs.findById(jobId);
  throw active === undefined && job !== undefined && !isFinal(job.status) ? jobNotTakenUp(jobId) : jobNotActive(jobId);
}
