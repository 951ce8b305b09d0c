import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  'ALTER TABLE jobs ADD COLUMN log_removed_at INTEGER',
  'CREATE INDEX jobs_finished ON jobs (finished_at, id) WHERE finished_at IS NOT NULL',
  'CREATE INDEX jobs_log_kept ON jobs (finished_at, id) WHERE finished_at IS NOT NULL AND log_removed_at IS NULL',
  'CREATE INDEX artifacts_created ON artifacts (created_at)',
];

export class RetentionOfJobs1795825000000 implements MigrationInterface {
  readonly name = 'RetentionOfJobs1795825000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
