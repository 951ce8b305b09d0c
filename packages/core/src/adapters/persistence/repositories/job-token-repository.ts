import { inject, injectable } from 'tsyringe';
import type { JobTokenRepository } from '../../../services/ports/job-token-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { JobTokenRow } from '../entities/job-token-row.js';

@injectable()
export class SqlJobTokenRepository implements JobTokenRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async add(jobId: string, tokenHash: string): Promise<void> {
    await this.database.execute(`INSERT INTO job_tokens (job_id, token_hash) VALUES (?, ?) ON CONFLICT DO NOTHING`, [
      jobId,
      tokenHash,
    ]);
  }

  async findJobId(tokenHash: string): Promise<string | undefined> {
    const row = await this.database.read.findOneBy(JobTokenRow, { token_hash: tokenHash });
    return row?.job_id;
  }

  async removeByJob(jobId: string): Promise<void> {
    await this.database.execute('DELETE FROM job_tokens WHERE job_id = ?', [jobId]);
  }
}
