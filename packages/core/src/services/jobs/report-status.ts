import { inject, injectable } from 'tsyringe';
import type { JobRepository } from '../ports/job-repository.js';
import type { JobSecrets } from '../secrets/job-secrets.js';
import { Tokens } from '../tokens.js';

const maxReason = 2_000;

/**
 * Keeps what a coordinator says of its pipeline's outcome. The exit record decides whether the job succeeded; this gives
 * the reason in words, without the job's secrets. Idempotent: the last report counts.
 */
@injectable()
export class ReportStatus {
  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.JobSecrets) private readonly secrets: JobSecrets,
  ) {}

  async execute(jobId: string, message: string): Promise<void> {
    if (message === '') return;
    const matcher = await this.secrets.matcherOf(jobId);
    await this.jobs.setReason(jobId, matcher.maskText(message).slice(0, maxReason));
  }
}
