import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PodRequests1795651200000 implements MigrationInterface {
  readonly name = 'PodRequests1795651200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE pipelines ADD COLUMN kubernetes TEXT CHECK (kubernetes IS NULL OR json_valid(kubernetes))`,
    );
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
