import { inject, injectable } from 'tsyringe';
import type { PipelineTrigger } from '../../../domain/pipeline/pipeline.js';
import type { PipelineFile, PipelineFileProblem } from '../../../domain/trigger/pipeline-file.js';
import type { PipelineFileRepository } from '../../../services/ports/pipeline-file-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import type { PipelineFileRow } from '../entities/pipeline-file-row.js';
import { listParameter, upsertInto } from '../statements.js';

@injectable()
export class SqlPipelineFileRepository implements PipelineFileRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async listByPipelines(pipelineIds: readonly string[]): Promise<readonly PipelineFile[]> {
    const rows: PipelineFileRow[] = await this.database.read.query(
      'SELECT * FROM pipeline_files WHERE pipeline_id IN (SELECT value FROM json_each(?))',
      [listParameter(pipelineIds)],
    );
    return rows.map(toDomain);
  }

  save(file: PipelineFile): Promise<void> {
    return this.database.run(async () => {
      const pipelines: unknown[] = await this.database.read.query('SELECT 1 FROM pipelines WHERE id = ?', [
        file.pipelineId,
      ]);
      if (pipelines.length === 0) return;
      for (const { sql, parameters } of upsertInto('pipeline_files', ['pipeline_id'], [toRow(file)])) {
        await this.database.execute(sql, parameters);
      }
    });
  }
}

function toDomain(row: PipelineFileRow): PipelineFile {
  return {
    pipelineId: row.pipeline_id,
    source: { repository: row.repository, branch: row.branch, file: row.file },
    commit: row.commit_sha,
    blobId: row.blob_id ?? undefined,
    triggers: JSON.parse(row.triggers) as PipelineTrigger[],
    problems: JSON.parse(row.problems) as PipelineFileProblem[],
    readAt: row.read_at,
  };
}

function toRow({ pipelineId, source, commit, blobId, triggers, problems, readAt }: PipelineFile): PipelineFileRow {
  return {
    pipeline_id: pipelineId,
    repository: source.repository,
    branch: source.branch,
    file: source.file,
    commit_sha: commit,
    blob_id: blobId ?? null,
    triggers: JSON.stringify(triggers),
    problems: JSON.stringify(problems),
    read_at: readAt,
  };
}
