import { inject, injectable } from 'tsyringe';
import type { Pipeline } from '../../../domain/pipeline/pipeline.js';
import { repositoryKey } from '../../../domain/repository/repository-key.js';
import type { Page } from '../../../services/ports/job-repository.js';
import type { PipelineRepository } from '../../../services/ports/pipeline-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import type { PipelinePermissionRow } from '../entities/pipeline-permission-row.js';
import type { PipelineRow } from '../entities/pipeline-row.js';
import { groupBy } from '../group-by.js';
import { insertAll, listParameter, upsertInto } from '../statements.js';
import { toDomain, toPermissionRows, toRow } from './pipeline-mapping.js';

type Filter = Parameters<PipelineRepository['list']>[0];

@injectable()
export class SqlPipelineRepository implements PipelineRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async findById(id: string): Promise<Pipeline | undefined> {
    const [pipeline] = await this.#select('WHERE id = ?', [id]);
    return pipeline;
  }

  async list(filter: Filter, page: { readonly limit: number; readonly cursor?: string }): Promise<Page<Pipeline>> {
    const conditions = ['id > ?'];
    const parameters: (string | number)[] = [page.cursor ?? ''];
    if (filter.team !== undefined) {
      conditions.push('team_id = ?');
      parameters.push(filter.team);
    }
    if (filter.search !== undefined) {
      conditions.push(`name LIKE ? ESCAPE '\\'`);
      parameters.push(`%${filter.search.replace(/[\\%_]/g, '\\$&')}%`);
    }
    const found = await this.#select(`WHERE ${conditions.join(' AND ')} ORDER BY id LIMIT ?`, [
      ...parameters,
      page.limit + 1,
    ]);
    const items = found.slice(0, page.limit);
    return { items, nextCursor: found.length > page.limit ? items.at(-1)?.id : undefined };
  }

  async listByRepository(urls: readonly string[]): Promise<readonly Pipeline[]> {
    const found = await this.#select('WHERE repository_key IN (SELECT value FROM json_each(?))', [
      listParameter([...new Set(urls.map(repositoryKey))]),
    ]);
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async listRepositories(): Promise<readonly string[]> {
    const rows: { repository: string }[] = await this.database.read.query(
      'SELECT MIN(repository) AS repository FROM pipelines GROUP BY repository_key',
    );
    return rows.map((row) => row.repository);
  }

  async listConcurrencyLimits(): Promise<ReadonlyMap<string, number>> {
    const rows: { id: string; max_concurrent_jobs: number }[] = await this.database.read.query(
      'SELECT id, max_concurrent_jobs FROM pipelines WHERE max_concurrent_jobs IS NOT NULL',
    );
    return new Map(rows.map((row) => [row.id, row.max_concurrent_jobs]));
  }

  upsert(pipelines: readonly Pipeline[]): Promise<void> {
    return this.database.run(async () => {
      const statements = [
        ...upsertInto('pipelines', ['id'], pipelines.map(toRow)),
        {
          sql: 'DELETE FROM pipeline_permissions WHERE pipeline_id IN (SELECT value FROM json_each(?))',
          parameters: [listParameter(pipelines.map((pipeline) => pipeline.id))],
        },
        ...insertAll('pipeline_permissions', pipelines.flatMap(toPermissionRows)),
      ];
      for (const { sql, parameters } of statements) await this.database.execute(sql, parameters);
    });
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.database.execute('DELETE FROM pipelines WHERE id IN (SELECT value FROM json_each(?))', [
      listParameter(ids),
    ]);
  }

  async #select(tail: string, parameters: (string | number)[]): Promise<Pipeline[]> {
    const reader = this.database.read;
    const rows: PipelineRow[] = await reader.query(`SELECT * FROM pipelines ${tail}`, parameters);
    const permissions: PipelinePermissionRow[] = await reader.query(
      'SELECT * FROM pipeline_permissions WHERE pipeline_id IN (SELECT value FROM json_each(?))',
      [listParameter(rows.map((row) => row.id))],
    );
    const byPipeline = groupBy(permissions, (permission) => permission.pipeline_id);
    return rows.map((row) => toDomain(row, byPipeline.get(row.id) ?? []));
  }
}
