import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AuditLog1795737602000 implements MigrationInterface {
  readonly name = 'AuditLog1795737602000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE audit_log (
        sequence INTEGER PRIMARY KEY NOT NULL,
        at INTEGER NOT NULL,
        action TEXT NOT NULL,
        outcome TEXT NOT NULL,
        actor TEXT NOT NULL,
        secret TEXT NOT NULL,
        scope_kind TEXT NOT NULL,
        scope_id TEXT NOT NULL,
        job_id TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT`,
    );
    for (const change of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER audit_log_no_${change.toLowerCase()} BEFORE ${change} ON audit_log BEGIN
          SELECT RAISE(ABORT, 'the audit log can only be added to');
        END`,
      );
    }
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
