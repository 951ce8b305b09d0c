import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing was kept in the table yet; the one who logs in with a one-time token is no user of the configuration. */
const statements = [
  `DROP TABLE sessions`,
  `CREATE TABLE sessions (
    id_hash TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX sessions_expires ON sessions (expires_at)`,
];

export class SessionsByName1795826000000 implements MigrationInterface {
  readonly name = 'SessionsByName1795826000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
