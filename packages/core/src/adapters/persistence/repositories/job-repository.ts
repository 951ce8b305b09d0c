import { inject, injectable } from 'tsyringe';
import type { JobStatus } from '../../../domain/job/job-status.js';
import type { Job } from '../../../domain/job/job.js';
import type { JobChange, JobFilter, JobRepository, NewJob, Page } from '../../../services/ports/job-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import type { JobRow } from '../entities/job-row.js';
import { groupBy } from '../group-by.js';
import { assignments, listParameter, type SqlValue } from '../statements.js';
import { jobPageQuery } from './job-page-query.js';
import { toChangedColumns, toDomain, toNewRow } from './job-mapping.js';

/** Word for word the condition of the partial indexes, or SQLite does not use them. */
const unfinished = `status IN ('pending', 'scheduling', 'running')`;

@injectable()
export class SqlJobRepository implements JobRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async create(job: NewJob): Promise<Job> {
    const row = toNewRow(job);
    const columns = Object.keys(row);
    const created = await this.database.executeReturning<Pick<JobRow, 'number'>>(
      `INSERT INTO jobs (number, ${columns.join(', ')})
       SELECT coalesce(max(last_number), 0) + 1, ${columns.map(() => '?').join(', ')}
       FROM pipeline_counters WHERE pipeline_id = ? RETURNING number`,
      [...Object.values(row), job.pipelineId],
    );
    return {
      ...job,
      number: created[0]!.number,
      pipelineName: job.pipelineId,
      status: 'pending',
      scheduledAt: undefined,
      startedAt: undefined,
      finishedAt: undefined,
      deadlineAt: undefined,
      reason: undefined,
      logRemovedAt: undefined,
    };
  }

  async findById(id: string): Promise<Job | undefined> {
    const [job] = await this.#select('WHERE id = ?', [id]);
    return job;
  }

  async list(filter: JobFilter, page: { readonly limit: number; readonly cursor?: string }): Promise<Page<Job>> {
    const { sql, parameters } = jobPageQuery(filter, page.limit + 1, page.cursor);
    const rows: JobRow[] = await this.database.read.query(sql, [...parameters]);
    const items = rows.slice(0, page.limit).map(toDomain);
    return { items, nextCursor: rows.length > page.limit ? items.at(-1)?.id : undefined };
  }

  listUnfinished(): Promise<readonly Job[]> {
    return this.#select(`INDEXED BY jobs_unfinished WHERE ${unfinished} ORDER BY created_at, sequence`);
  }

  async findUnfinishedDuplicate(pipelineId: string, ref: string, commit: string): Promise<Job | undefined> {
    const [job] = await this.#select(
      `INDEXED BY jobs_unfinished_ref WHERE pipeline_id = ? AND ref = ? AND commit_sha = ? AND ${unfinished}
       ORDER BY created_at, sequence LIMIT 1`,
      [pipelineId, ref, commit],
    );
    return job;
  }

  listUnfinishedByRef(pipelineId: string, ref: string): Promise<readonly Job[]> {
    return this.#select(
      `INDEXED BY jobs_unfinished_ref WHERE pipeline_id = ? AND ref = ? AND ${unfinished} ORDER BY created_at, sequence`,
      [pipelineId, ref],
    );
  }

  async countByUnfinishedStatus(): Promise<ReadonlyMap<JobStatus, number>> {
    const rows: { status: JobStatus; jobs: number }[] = await this.database.read.query(
      `SELECT status, count(*) AS jobs FROM jobs INDEXED BY jobs_status_created WHERE ${unfinished} GROUP BY status`,
    );
    return new Map(rows.map((row) => [row.status, row.jobs]));
  }

  nextPending(limit: number, exceptPipelines: readonly string[]): Promise<readonly Job[]> {
    return this.#select(
      `INDEXED BY jobs_unfinished WHERE ${unfinished} AND status = 'pending'
       AND pipeline_id NOT IN (SELECT value FROM json_each(?)) ORDER BY created_at, sequence LIMIT ?`,
      [listParameter(exceptPipelines), limit],
    );
  }

  async listRecentByPipeline(
    pipelineIds: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly Job[]>> {
    const rows: JobRow[] = await this.database.read.query(
      `SELECT jobs.* FROM json_each(?) AS wanted CROSS JOIN jobs ON jobs.sequence IN (
         SELECT sequence FROM jobs INDEXED BY jobs_pipeline_created WHERE pipeline_id = wanted.value
         ORDER BY created_at DESC, sequence DESC LIMIT ?)`,
      [listParameter([...new Set(pipelineIds)]), limit],
    );
    rows.sort((a, b) => b.created_at - a.created_at || b.sequence - a.sequence);
    return groupBy(rows.map(toDomain), (job) => job.pipelineId);
  }

  async changeStatus(id: string, from: JobStatus, to: JobStatus, change: JobChange): Promise<boolean> {
    const set = assignments({ status: to, ...toChangedColumns(change) });
    const changed = await this.database.execute(`UPDATE jobs SET ${set.sql} WHERE id = ? AND status = ?`, [
      ...set.parameters,
      id,
      from,
    ]);
    return changed === 1;
  }

  async setReason(id: string, reason: string): Promise<void> {
    await this.database.execute(`UPDATE jobs SET reason = ? WHERE id = ? AND ${unfinished}`, [reason, id]);
  }

  async #select(tail: string, parameters: SqlValue[] = []): Promise<Job[]> {
    const rows: JobRow[] = await this.database.read.query(`SELECT * FROM jobs ${tail}`, parameters);
    return rows.map(toDomain);
  }
}
