import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SealedSecrets1795823000000 implements MigrationInterface {
  readonly name = 'SealedSecrets1795823000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE secrets ADD COLUMN sealed TEXT');
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
