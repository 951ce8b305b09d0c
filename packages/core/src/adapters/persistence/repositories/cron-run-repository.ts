import { inject, injectable } from 'tsyringe';
import type { CronRun, ScheduledTrigger } from '../../../domain/cron/cron-run.js';
import type { CronTrigger } from '../../../domain/pipeline/pipeline.js';
import type { CronRunRepository } from '../../../services/ports/cron-run-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import type { CronRunRow } from '../entities/cron-run-row.js';
import { listParameter, upsertInto } from '../statements.js';

/** What the file of a branch said counts only while the pipeline is still about that file of that branch. */
const scheduled = `
  SELECT p.id AS pipeline_id, t.value ->> 'schedule' AS schedule, t.value AS trigger
  FROM pipelines p
  LEFT JOIN pipeline_files f
    ON f.pipeline_id = p.id AND f.repository = p.repository AND f.branch = p.branch AND f.file = p.file
  JOIN json_each(coalesce(p.triggers, f.triggers, '[]')) t ON t.value ->> 'type' = 'cron'`;

@injectable()
export class SqlCronRunRepository implements CronRunRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async listScheduled(): Promise<readonly ScheduledTrigger[]> {
    const rows: (Omit<CronRunRow, 'last_due_at'> & { last_due_at: number | null; trigger: string })[] =
      await this.database.read.query(
        `SELECT s.*, r.last_due_at, r.last_job_id, r.last_outcome FROM (${scheduled}) s
         LEFT JOIN cron_runs r ON r.pipeline_id = s.pipeline_id AND r.schedule = s.schedule`,
      );
    return rows.map(({ trigger, last_due_at, ...row }) => ({
      pipelineId: row.pipeline_id,
      trigger: JSON.parse(trigger) as CronTrigger,
      run: last_due_at === null ? undefined : toDomain({ ...row, last_due_at }),
    }));
  }

  async find(pipelineId: string, schedule: string): Promise<CronRun | undefined> {
    const rows: CronRunRow[] = await this.database.read.query(
      'SELECT * FROM cron_runs WHERE pipeline_id = ? AND schedule = ?',
      [pipelineId, schedule],
    );
    return rows[0] && toDomain(rows[0]);
  }

  async listByPipelines(pipelineIds: readonly string[]): Promise<readonly CronRun[]> {
    const rows: CronRunRow[] = await this.database.read.query(
      'SELECT * FROM cron_runs WHERE pipeline_id IN (SELECT value FROM json_each(?))',
      [listParameter(pipelineIds)],
    );
    return rows.map(toDomain);
  }

  save(runs: readonly CronRun[]): Promise<void> {
    return this.database.run(async () => {
      const present: { id: string }[] = await this.database.read.query(
        'SELECT id FROM pipelines WHERE id IN (SELECT value FROM json_each(?))',
        [listParameter(runs.map(({ pipelineId }) => pipelineId))],
      );
      const ids = new Set(present.map(({ id }) => id));
      const rows = runs.filter(({ pipelineId }) => ids.has(pipelineId)).map(toRow);
      for (const { sql, parameters } of upsertInto('cron_runs', ['pipeline_id', 'schedule'], rows)) {
        await this.database.execute(sql, parameters);
      }
    });
  }

  async removeUnscheduled(): Promise<void> {
    await this.database.execute(
      `DELETE FROM cron_runs WHERE (pipeline_id, schedule) NOT IN (SELECT pipeline_id, schedule FROM (${scheduled}))`,
    );
  }
}

function toDomain(row: CronRunRow): CronRun {
  return {
    pipelineId: row.pipeline_id,
    schedule: row.schedule,
    lastDueAt: row.last_due_at,
    lastJobId: row.last_job_id ?? undefined,
    lastOutcome: row.last_outcome,
  };
}

function toRow({ pipelineId, schedule, lastDueAt, lastJobId, lastOutcome }: CronRun): CronRunRow {
  return {
    pipeline_id: pipelineId,
    schedule,
    last_due_at: lastDueAt,
    last_job_id: lastJobId ?? null,
    last_outcome: lastOutcome,
  };
}
