import { inject, injectable } from 'tsyringe';
import type { Artifact } from '../../../domain/artifact/artifact.js';
import type { ArtifactRepository } from '../../../services/ports/artifact-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { ArtifactRow } from '../entities/artifact-row.js';
import { insertInto } from '../statements.js';

@injectable()
export class SqlArtifactRepository implements ArtifactRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async create(artifact: Artifact): Promise<void> {
    const { sql, parameters } = insertInto('artifacts', toRow(artifact));
    await this.database.execute(sql, parameters);
  }

  async listByJob(jobId: string): Promise<readonly Artifact[]> {
    const rows = await this.database.read.find(ArtifactRow, { where: { job_id: jobId }, order: { name: 'ASC' } });
    return rows.map(toDomain);
  }

  async remove(id: string): Promise<boolean> {
    return (await this.database.execute('DELETE FROM artifacts WHERE id = ?', [id])) === 1;
  }
}

function toDomain(row: ArtifactRow): Artifact {
  return {
    id: row.id,
    jobId: row.job_id,
    name: row.name,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    createdAt: row.created_at,
  };
}

function toRow(artifact: Artifact): ArtifactRow {
  return {
    id: artifact.id,
    job_id: artifact.jobId,
    name: artifact.name,
    size_bytes: artifact.sizeBytes,
    sha256: artifact.sha256,
    created_at: artifact.createdAt,
  };
}
