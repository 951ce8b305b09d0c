import { inject, injectable } from 'tsyringe';
import { LessThan } from 'typeorm';
import type { Artifact, ObjectPlace } from '../../../domain/artifact/artifact.js';
import type { ArtifactFilter, ArtifactRepository } from '../../../services/ports/artifact-repository.js';
import type { Page } from '../../../services/ports/job-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { ArtifactRow } from '../entities/artifact-row.js';
import { LooseObjectRow } from '../entities/loose-object-row.js';
import { insertInto } from '../statements.js';

@injectable()
export class SqlArtifactRepository implements ArtifactRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async create(artifact: Artifact): Promise<void> {
    const { sql, parameters } = insertInto('artifacts', toRow(artifact));
    await this.database.execute(sql, parameters);
  }

  async find(jobId: string, name: string): Promise<Artifact | undefined> {
    const row = await this.database.read.findOneBy(ArtifactRow, { job_id: jobId, name });
    return row === null ? undefined : toDomain(row);
  }

  async listByJob(jobId: string): Promise<readonly Artifact[]> {
    const rows = await this.database.read.find(ArtifactRow, { where: { job_id: jobId }, order: { name: 'ASC' } });
    return rows.map(toDomain);
  }

  async list(
    { sha256 }: ArtifactFilter,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<Artifact>> {
    const rows = await this.database.read.find(ArtifactRow, {
      where: {
        ...(sha256 !== undefined && { sha256 }),
        ...(page.cursor !== undefined && { id: LessThan(page.cursor) }),
      },
      // ids count up with time
      order: { id: 'DESC' },
      take: page.limit + 1,
    });
    const items = rows.slice(0, page.limit).map(toDomain);
    return { items, nextCursor: rows.length > page.limit ? items.at(-1)?.id : undefined };
  }

  async *ofJobsFinishedBefore(before: number, pieceSize: number): AsyncGenerator<readonly Artifact[]> {
    for (let last: ArtifactRow | undefined; ;) {
      const rows: ArtifactRow[] = await this.database.read.query(
        `SELECT artifacts.* FROM artifacts INDEXED BY artifacts_created CROSS JOIN jobs ON jobs.id = artifacts.job_id
         WHERE (artifacts.created_at, artifacts.id) > (?, ?) AND artifacts.created_at < ? AND jobs.finished_at < ?
         ORDER BY artifacts.created_at, artifacts.id LIMIT ?`,
        [last?.created_at ?? 0, last?.id ?? '', before, before, pieceSize],
      );
      if (rows.length > 0) yield rows.map(toDomain);
      if (rows.length < pieceSize) return;
      last = rows.at(-1);
    }
  }

  async remove(id: string): Promise<boolean> {
    return (await this.database.execute('DELETE FROM artifacts WHERE id = ?', [id])) === 1;
  }

  async addLoose({ storage, key }: ObjectPlace): Promise<void> {
    await this.database.execute('INSERT OR IGNORE INTO loose_objects (storage, object_key) VALUES (?, ?)', [
      storage,
      key,
    ]);
  }

  async removeLoose({ storage, key }: ObjectPlace): Promise<void> {
    await this.database.execute('DELETE FROM loose_objects WHERE storage = ? AND object_key = ?', [storage, key]);
  }

  async isLoose({ storage, key }: ObjectPlace): Promise<boolean> {
    return this.database.read.existsBy(LooseObjectRow, { storage, object_key: key });
  }

  async listLoose(): Promise<readonly ObjectPlace[]> {
    const rows = await this.database.read.find(LooseObjectRow);
    return rows.map((row) => ({ storage: row.storage, key: row.object_key }));
  }
}

function toDomain(row: ArtifactRow): Artifact {
  return {
    id: row.id,
    jobId: row.job_id,
    name: row.name,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    signature: row.signature ?? undefined,
    createdAt: row.created_at,
    place: { storage: row.storage, key: row.object_key },
  };
}

function toRow(artifact: Artifact): ArtifactRow {
  return {
    id: artifact.id,
    job_id: artifact.jobId,
    name: artifact.name,
    size_bytes: artifact.sizeBytes,
    sha256: artifact.sha256,
    signature: artifact.signature === undefined ? null : Buffer.from(artifact.signature),
    created_at: artifact.createdAt,
    storage: artifact.place.storage,
    object_key: artifact.place.key,
  };
}
