import { inject, injectable } from 'tsyringe';
import type { Step } from '../../../domain/step/step.js';
import type { StepChange, StepRepository } from '../../../services/ports/step-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { StepRow } from '../entities/step-row.js';
import { assignments, insertInto, type SqlValue } from '../statements.js';

const unfinished = `status IN ('pending', 'running')`;

@injectable()
export class SqlStepRepository implements StepRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async createOnce(step: Step): Promise<{ readonly step: Step; readonly created: boolean }> {
    const { sql, parameters } = insertInto('steps', toRow(step), 'ON CONFLICT (job_id, sequence) DO NOTHING');
    const created = (await this.database.execute(sql, parameters)) === 1;
    if (created) return { step, created };
    const row = await this.database.read.findOneByOrFail(StepRow, { job_id: step.jobId, sequence: step.sequence });
    return { step: toDomain(row), created };
  }

  async find(jobId: string, sequence: number): Promise<Step | undefined> {
    const row = await this.database.read.findOneBy(StepRow, { job_id: jobId, sequence });
    return row ? toDomain(row) : undefined;
  }

  async listByJob(jobId: string): Promise<readonly Step[]> {
    const rows = await this.database.read.find(StepRow, { where: { job_id: jobId }, order: { sequence: 'ASC' } });
    return rows.map(toDomain);
  }

  async update(jobId: string, sequence: number, change: StepChange): Promise<boolean> {
    const set = assignments(toChangedColumns(change));
    if (set.parameters.length === 0) return false;
    const changed = await this.database.execute(
      `UPDATE steps SET ${set.sql} WHERE job_id = ? AND sequence = ? AND ${unfinished}`,
      [...set.parameters, jobId, sequence],
    );
    return changed === 1;
  }

  async endAll(
    jobId: string,
    status: 'failure' | 'timeout' | 'cancelled',
    reason: string,
    finishedAt: number,
  ): Promise<void> {
    await this.database.execute(
      `UPDATE steps SET status = ?, reason = ?, finished_at = ? WHERE job_id = ? AND ${unfinished}`,
      [status, reason, finishedAt, jobId],
    );
  }
}

function toDomain(row: StepRow): Step {
  return {
    jobId: row.job_id,
    sequence: row.sequence,
    name: row.name,
    command: row.command,
    requestDigest: row.request_digest,
    image: row.image ?? undefined,
    status: row.status as Step['status'],
    exitCode: row.exit_code ?? undefined,
    reason: row.reason ?? undefined,
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    deadlineAt: row.deadline_at ?? undefined,
    logStart: row.log_start ?? undefined,
    logEnd: row.log_end ?? undefined,
  };
}

function toRow(step: Step): StepRow {
  return {
    job_id: step.jobId,
    sequence: step.sequence,
    name: step.name,
    command: step.command,
    request_digest: step.requestDigest,
    image: step.image ?? null,
    status: step.status,
    exit_code: step.exitCode ?? null,
    reason: step.reason ?? null,
    created_at: step.createdAt,
    started_at: step.startedAt ?? null,
    finished_at: step.finishedAt ?? null,
    deadline_at: step.deadlineAt ?? null,
    log_start: step.logStart ?? null,
    log_end: step.logEnd ?? null,
  };
}

const changeColumns: Readonly<Record<keyof StepChange, keyof StepRow>> = {
  status: 'status',
  exitCode: 'exit_code',
  reason: 'reason',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  deadlineAt: 'deadline_at',
  logStart: 'log_start',
  logEnd: 'log_end',
};

/** Only what the change names; a field that it names as undefined is cleared. */
function toChangedColumns(change: StepChange): Record<string, SqlValue> {
  const entries = Object.entries(change) as [keyof StepChange, string | number | undefined][];
  return Object.fromEntries(entries.map(([field, value]) => [changeColumns[field], value ?? null]));
}
