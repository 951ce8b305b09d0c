import { inject, injectable } from 'tsyringe';
import type { JobSecretRecord, JobSecretRepository } from '../../../services/ports/job-secret-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { JobSecretRow } from '../entities/job-secret-row.js';
import { insertAll } from '../statements.js';

@injectable()
export class SqlJobSecretRepository implements JobSecretRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  save(jobId: string, secrets: readonly JobSecretRecord[]): Promise<void> {
    const rows = secrets.map(({ name, ciphertext }): JobSecretRow => ({
      job_id: jobId,
      name,
      ciphertext: Buffer.from(ciphertext),
    }));
    return this.database.run(async () => {
      await this.removeByJob(jobId);
      for (const { sql, parameters } of insertAll('job_secrets', rows)) await this.database.execute(sql, parameters);
    });
  }

  async listByJob(jobId: string): Promise<readonly JobSecretRecord[]> {
    return this.database.read.find(JobSecretRow, { where: { job_id: jobId }, order: { name: 'ASC' } });
  }

  async removeByJob(jobId: string): Promise<void> {
    await this.database.execute('DELETE FROM job_secrets WHERE job_id = ?', [jobId]);
  }
}
