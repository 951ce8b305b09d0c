import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { repositoryKey } from '../../../domain/repository/repository-key.js';
import { deliveryTables } from './triggers-and-deliveries/delivery-tables.js';

const statements = [
  `ALTER TABLE jobs ADD COLUMN pull_request TEXT CHECK (pull_request IS NULL OR json_valid(pull_request))`,
  `ALTER TABLE jobs ADD COLUMN with_secrets INTEGER NOT NULL DEFAULT 1 CHECK (with_secrets IN (0, 1))`,
  `ALTER TABLE pipelines ADD COLUMN clone_depth INTEGER NOT NULL DEFAULT 1 CHECK (clone_depth >= 0)`,
  `ALTER TABLE pipelines ADD COLUMN webhook_secret TEXT`,

  `ALTER TABLE pipelines ADD COLUMN repository_key TEXT NOT NULL DEFAULT ''`,
  `CREATE INDEX pipelines_repository ON pipelines (repository_key)`,
  `CREATE INDEX jobs_commit ON jobs (commit_sha, ref)`,

  ...deliveryTables,

  `CREATE TABLE cron_runs (
    pipeline_id TEXT NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
    schedule TEXT NOT NULL,
    last_due_at INTEGER NOT NULL,
    last_job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
    last_outcome TEXT NOT NULL,
    PRIMARY KEY (pipeline_id, schedule)
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX cron_runs_job ON cron_runs (last_job_id) WHERE last_job_id IS NOT NULL`,
  `CREATE TABLE pipeline_files (
    pipeline_id TEXT PRIMARY KEY NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
    repository TEXT NOT NULL,
    branch TEXT NOT NULL,
    file TEXT NOT NULL,
    commit_sha TEXT NOT NULL,
    blob_id TEXT,
    triggers TEXT NOT NULL CHECK (json_valid(triggers)),
    problems TEXT NOT NULL CHECK (json_valid(problems)),
    read_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE commit_statuses (
    job_id TEXT PRIMARY KEY NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    forge TEXT NOT NULL,
    reported_status TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    error TEXT
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX commit_statuses_open ON commit_statuses (forge, next_attempt_at) WHERE settled = 0`,
];

export class TriggersAndDeliveries1795392000000 implements MigrationInterface {
  readonly name = 'TriggersAndDeliveries1795392000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await fillRepositoryKeys(runner);
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}

/** Pipelines that do not change are not written again by a sync, so they get their key here. */
async function fillRepositoryKeys(runner: QueryRunner): Promise<void> {
  const rows = (await runner.query('SELECT id, repository FROM pipelines')) as { id: string; repository: string }[];
  for (const { id, repository } of rows) {
    await runner.query('UPDATE pipelines SET repository_key = ? WHERE id = ?', [repositoryKey(repository), id]);
  }
}
