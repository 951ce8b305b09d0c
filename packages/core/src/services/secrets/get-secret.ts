import type { SecretValue } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import type { AuditOutcome } from '../../domain/audit/audit-entry.js';
import type { Job } from '../../domain/job/job.js';
import type { AuditLog } from '../audit/audit-log.js';
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
    @inject(Tokens.AuditLog) private readonly auditLog: AuditLog,
  ) {}

  /**
   * May be repeated; each time is recorded.
   * @throws DanubeError `secret_not_found`, `secrets_withheld` (forbidden), `job_not_active`, `job_not_taken_up`
   */
  async execute(jobId: string, name: string): Promise<SecretValue> {
    const { job } = await requireActiveJob(this.activeJobs, this.jobs, jobId);
    const value = job.withSecrets ? (await this.secrets.of(jobId)).get(name) : undefined;
    await this.#audit(job, name, value !== undefined ? 'given' : job.withSecrets ? 'not_found' : 'withheld');
    if (!job.withSecrets) throw secretsWithheld();
    if (value === undefined) throw secretNotSeen(name, job.pipelineId);
    return value;
  }

  /** Before the value goes out: what cannot be recorded is not given. */
  #audit({ id, pipelineId }: Job, secret: string, outcome: AuditOutcome): Promise<void> {
    const actor = `pipeline ${pipelineId}`;
    return this.auditLog.append({ action: 'secret.read', outcome, actor, secret, scope: undefined, jobId: id });
  }
}
