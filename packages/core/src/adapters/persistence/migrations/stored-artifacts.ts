import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StoredArtifacts1795660001000 implements MigrationInterface {
  readonly name = 'StoredArtifacts1795660001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE artifacts ADD COLUMN storage TEXT NOT NULL DEFAULT ''`);
    await runner.query(`ALTER TABLE artifacts ADD COLUMN object_key TEXT NOT NULL DEFAULT ''`);
    await runner.query(
      `CREATE TABLE loose_objects (
        storage TEXT NOT NULL,
        object_key TEXT NOT NULL,
        PRIMARY KEY (storage, object_key)
      ) STRICT, WITHOUT ROWID`,
    );
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
