import { inject, injectable } from 'tsyringe';
import type { JobRepository } from '../ports/job-repository.js';
import { Tokens } from '../tokens.js';

const maxReason = 2_000;

/**
 * Keeps what a coordinator says of its pipeline's outcome. The exit record decides whether the job succeeded; this gives
 * the reason in words. Idempotent: the last report counts.
 */
@injectable()
export class ReportStatus {
  constructor(@inject(Tokens.JobRepository) private readonly jobs: JobRepository) {}

  async execute(jobId: string, message: string): Promise<void> {
    if (message !== '') await this.jobs.setReason(jobId, message.slice(0, maxReason));
  }
}
