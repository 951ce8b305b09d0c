import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { accessTables } from './initial-schema/access-tables.js';
import { configTables } from './initial-schema/config-tables.js';
import { deliveryTables } from './initial-schema/delivery-tables.js';
import { jobTables } from './initial-schema/job-tables.js';

export class InitialSchema1767225600000 implements MigrationInterface {
  readonly name = 'InitialSchema1767225600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...accessTables, ...configTables, ...jobTables, ...deliveryTables]) {
      await runner.query(statement);
    }
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
