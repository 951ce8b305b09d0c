import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SQLite changes no primary key: the table is made anew. */
const statements = [
  `CREATE TABLE new_job_tokens (
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL,
    PRIMARY KEY (job_id, token_hash)
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO new_job_tokens SELECT job_id, token_hash FROM job_tokens`,
  `DROP TABLE job_tokens`,
  `ALTER TABLE new_job_tokens RENAME TO job_tokens`,
  `CREATE UNIQUE INDEX job_tokens_token_hash ON job_tokens (token_hash)`,
];

export class SeveralJobTokens1795737600000 implements MigrationInterface {
  readonly name = 'SeveralJobTokens1795737600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
