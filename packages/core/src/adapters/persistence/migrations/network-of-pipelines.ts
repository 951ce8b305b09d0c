import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NetworkOfPipelines1795737601000 implements MigrationInterface {
  readonly name = 'NetworkOfPipelines1795737601000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE pipelines ADD COLUMN network INTEGER NOT NULL DEFAULT 1 CHECK (network IN (0, 1))`);
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
