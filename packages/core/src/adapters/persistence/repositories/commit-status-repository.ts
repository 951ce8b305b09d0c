import { inject, injectable } from 'tsyringe';
import type { JobStatus } from '../../../domain/job/job-status.js';
import type {
  CommitStatusReport,
  CommitStatusRepository,
  DueCommitStatus,
} from '../../../services/ports/commit-status-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import type { CommitStatusRow } from '../entities/commit-status-row.js';
import type { JobRow } from '../entities/job-row.js';
import { listParameter } from '../statements.js';
import { toDomain } from './job-mapping.js';

type DueRow = JobRow & Pick<CommitStatusRow, 'forge' | 'reported_status' | 'attempts'> & { superseded: number };

const sameCommit = (other: string) =>
  `${other}.pipeline_id = jobs.pipeline_id AND ${other}.commit_sha = jobs.commit_sha
   AND ${other}.repository_url = jobs.repository_url`;

@injectable()
export class SqlCommitStatusRepository implements CommitStatusRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async expect(jobId: string, forge: string): Promise<void> {
    await this.database.execute('INSERT INTO commit_statuses (job_id, forge) VALUES (?, ?) ON CONFLICT DO NOTHING', [
      jobId,
      forge,
    ]);
  }

  async findByJob(jobId: string): Promise<CommitStatusReport | undefined> {
    const [row]: CommitStatusRow[] = await this.database.read.query('SELECT * FROM commit_statuses WHERE job_id = ?', [
      jobId,
    ]);
    return (
      row && {
        forge: row.forge,
        reported: (row.reported_status ?? undefined) as JobStatus | undefined,
        settled: row.settled === 1,
        error: row.error ?? undefined,
      }
    );
  }

  async listForges(): Promise<readonly string[]> {
    const rows: { forge: string }[] = await this.database.read.query(
      'SELECT DISTINCT forge FROM commit_statuses INDEXED BY commit_statuses_open WHERE settled = 0',
    );
    return rows.map(({ forge }) => forge);
  }

  async nextDue(forge: string, now: number, busyJobs: readonly string[]): Promise<DueCommitStatus | undefined> {
    const [row]: DueRow[] = await this.database.read.query(
      `SELECT jobs.*, due.forge, due.reported_status, due.attempts, EXISTS (
         SELECT 1 FROM jobs AS newer JOIN commit_statuses AS theirs ON theirs.job_id = newer.id
         WHERE ${sameCommit('newer')} AND newer.number > jobs.number AND theirs.forge = due.forge
       ) AS superseded
       FROM commit_statuses AS due INDEXED BY commit_statuses_open CROSS JOIN jobs ON jobs.id = due.job_id
       WHERE due.settled = 0 AND due.forge = ? AND due.next_attempt_at <= ?
         AND due.reported_status IS NOT jobs.status
         AND NOT EXISTS (SELECT 1 FROM jobs AS busy
           WHERE busy.id IN (SELECT value FROM json_each(?)) AND ${sameCommit('busy')})
       ORDER BY due.next_attempt_at, due.job_id LIMIT 1`,
      [forge, now, listParameter(busyJobs)],
    );
    return (
      row && {
        job: toDomain(row),
        forge: row.forge,
        reported: (row.reported_status ?? undefined) as JobStatus | undefined,
        attempts: row.attempts,
        superseded: row.superseded === 1,
      }
    );
  }

  async nextAttemptAfter(now: number): Promise<number | undefined> {
    const [row]: { at: number | null }[] = await this.database.read.query(
      `SELECT min(next_attempt_at) AS at FROM commit_statuses INDEXED BY commit_statuses_open
       WHERE settled = 0 AND next_attempt_at > ?`,
      [now],
    );
    return row?.at ?? undefined;
  }

  async recordReported(jobId: string, status: JobStatus, settled: boolean): Promise<void> {
    await this.database.execute(
      `UPDATE commit_statuses SET reported_status = ?, settled = ?, attempts = 0, next_attempt_at = 0, error = NULL
       WHERE job_id = ?`,
      [status, settled ? 1 : 0, jobId],
    );
  }

  async recordFailure(jobId: string, error: string, nextAttemptAt: number): Promise<void> {
    await this.database.execute(
      'UPDATE commit_statuses SET attempts = attempts + 1, error = ?, next_attempt_at = ? WHERE job_id = ?',
      [error, nextAttemptAt, jobId],
    );
  }

  async giveUp(jobId: string, error: string): Promise<void> {
    await this.database.execute('UPDATE commit_statuses SET settled = 1, error = ? WHERE job_id = ?', [error, jobId]);
  }
}
