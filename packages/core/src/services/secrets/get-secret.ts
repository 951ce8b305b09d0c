import type { SecretValue } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { ActiveJobs } from '../jobs/active-jobs.js';
import { requireActiveJob } from '../jobs/require-active-job.js';
import type { JobRepository } from '../ports/job-repository.js';
import { Tokens } from '../tokens.js';
import type { JobSecrets } from './job-secrets.js';
import { secretNotSeen, secretsWithheld } from './secret-errors.js';

/** Gives a running job one of the secrets that it took when it started. */
@injectable()
export class GetSecret {
  constructor(
    @inject(Tokens.ActiveJobs) private readonly activeJobs: ActiveJobs,
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.JobSecrets) private readonly secrets: JobSecrets,
  ) {}

  /**
   * May be repeated.
   * @throws DanubeError `secret_not_found`, `secrets_withheld` (forbidden), `job_not_active`, `job_not_taken_up`
   */
  async execute(jobId: string, name: string): Promise<SecretValue> {
    const { job } = await requireActiveJob(this.activeJobs, this.jobs, jobId);
    if (!job.withSecrets) throw secretsWithheld();
    const value = (await this.secrets.of(jobId)).get(name);
    if (value === undefined) throw secretNotSeen(name, job.pipelineId);
    return value;
  }
}
