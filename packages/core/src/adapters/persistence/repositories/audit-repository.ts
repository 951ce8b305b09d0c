import { inject, injectable } from 'tsyringe';
import { LessThan, MoreThan } from 'typeorm';
import type { AuditAction, AuditEntry, AuditOutcome } from '../../../domain/audit/audit-entry.js';
import type { AuditRepository } from '../../../services/ports/audit-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { AuditRow } from '../entities/audit-row.js';
import { insertInto } from '../statements.js';
import { scopeColumns, toScope } from './secret-scope-columns.js';

@injectable()
export class SqlAuditRepository implements AuditRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async findLast(): Promise<Pick<AuditEntry, 'sequence' | 'hash'> | undefined> {
    return (await this.listBefore(Number.MAX_SAFE_INTEGER, 1))[0];
  }

  async append(entry: AuditEntry): Promise<void> {
    const { sql, parameters } = insertInto('audit_log', toRow(entry));
    await this.database.execute(sql, parameters);
  }

  async listBefore(before: number, limit: number): Promise<readonly AuditEntry[]> {
    const where = { sequence: LessThan(before) };
    const rows = await this.database.read.find(AuditRow, { where, order: { sequence: 'DESC' }, take: limit });
    return rows.map(toDomain);
  }

  async listAfter(after: number, limit: number): Promise<readonly AuditEntry[]> {
    const where = { sequence: MoreThan(after) };
    const rows = await this.database.read.find(AuditRow, { where, order: { sequence: 'ASC' }, take: limit });
    return rows.map(toDomain);
  }
}

function toDomain(row: AuditRow): AuditEntry {
  return {
    sequence: row.sequence,
    at: row.at,
    action: row.action as AuditAction,
    outcome: row.outcome as AuditOutcome,
    actor: row.actor,
    secret: row.secret,
    scope: row.scope_kind === '' ? undefined : toScope(row),
    jobId: row.job_id === '' ? undefined : row.job_id,
    hash: row.hash,
  };
}

function toRow({ sequence, at, action, outcome, actor, secret, scope, jobId, hash }: AuditEntry): AuditRow {
  const columns = scope === undefined ? { scope_kind: '', scope_id: '' } : scopeColumns(scope);
  return { sequence, at, action, outcome, actor, secret, ...columns, job_id: jobId ?? '', hash };
}
