import { inject, injectable } from 'tsyringe';
import type { CommitStatusRepository } from '../../../services/ports/commit-status-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';

@injectable()
export class SqlCommitStatusRepository implements CommitStatusRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async expect(jobId: string, forge: string): Promise<void> {
    await this.database.execute('INSERT INTO commit_statuses (job_id, forge) VALUES (?, ?) ON CONFLICT DO NOTHING', [
      jobId,
      forge,
    ]);
  }
}
