import { inject, injectable } from 'tsyringe';
import type { FinishedJob, FinishedJobRepository } from '../../../services/ports/finished-job-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import type { JobRow } from '../entities/job-row.js';
import { listParameter } from '../statements.js';

type Row = Pick<JobRow, 'id' | 'started_at'> & { readonly finished_at: number };

@injectable()
export class SqlFinishedJobRepository implements FinishedJobRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  finishedBefore(before: number, pieceSize: number): AsyncIterable<readonly FinishedJob[]> {
    return this.#pieces('INDEXED BY jobs_finished WHERE finished_at IS NOT NULL', before, pieceSize);
  }

  withLog(before: number, pieceSize: number): AsyncIterable<readonly FinishedJob[]> {
    const kept = 'INDEXED BY jobs_log_kept WHERE finished_at IS NOT NULL AND log_removed_at IS NULL';
    return this.#pieces(kept, before, pieceSize);
  }

  async markLogsRemoved(jobIds: readonly string[], at: number): Promise<void> {
    await this.database.execute(
      `UPDATE jobs SET log_removed_at = ?
       WHERE id IN (SELECT value FROM json_each(?)) AND finished_at IS NOT NULL AND log_removed_at IS NULL`,
      [at, listParameter(jobIds)],
    );
  }

  async removeBare(jobIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.executeReturning<Pick<JobRow, 'id'>>(
      `DELETE FROM jobs WHERE id IN (SELECT value FROM json_each(?)) AND log_removed_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM artifacts WHERE artifacts.job_id = jobs.id) RETURNING id`,
      [listParameter(jobIds)],
    );
    return rows.map(({ id }) => id);
  }

  async keepingLog(jobIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: Pick<JobRow, 'id'>[] = await this.database.read.query(
      'SELECT id FROM jobs WHERE id IN (SELECT value FROM json_each(?)) AND log_removed_at IS NULL',
      [listParameter(jobIds)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async *#pieces(condition: string, before: number, pieceSize: number): AsyncGenerator<readonly FinishedJob[]> {
    for (let last: Row | undefined; ;) {
      const rows: Row[] = await this.database.read.query(
        `SELECT id, started_at, finished_at FROM jobs ${condition}
         AND (finished_at, id) > (?, ?) AND finished_at < ? ORDER BY finished_at, id LIMIT ?`,
        [last?.finished_at ?? 0, last?.id ?? '', before, pieceSize],
      );
      if (rows.length > 0) yield rows.map(toDomain);
      if (rows.length < pieceSize) return;
      last = rows.at(-1);
    }
  }
}

function toDomain(row: Row): FinishedJob {
  return { id: row.id, finishedAt: row.finished_at, startedAt: row.started_at ?? undefined };
}
