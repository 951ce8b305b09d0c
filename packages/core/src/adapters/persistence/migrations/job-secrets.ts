import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class JobSecrets1795660000000 implements MigrationInterface {
  readonly name = 'JobSecrets1795660000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE job_secrets (
        job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        ciphertext BLOB NOT NULL,
        PRIMARY KEY (job_id, name)
      ) STRICT, WITHOUT ROWID`,
    );
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
