import { DanubeError } from '@danube/plugin-api';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SignaturesAndProvenance1795824000000 implements MigrationInterface {
  readonly name = 'SignaturesAndProvenance1795824000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE artifacts ADD COLUMN signature BLOB`);
    await runner.query(`CREATE INDEX artifacts_sha256 ON artifacts (sha256, id)`);
    await runner.query(
      `CREATE TABLE provenance (
        job_id TEXT PRIMARY KEY NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        circumstances TEXT NOT NULL CHECK (json_valid(circumstances)),
        slsa_v1 TEXT CHECK (slsa_v1 IS NULL OR json_valid(slsa_v1)),
        slsa_v02 TEXT CHECK (slsa_v02 IS NULL OR json_valid(slsa_v02)),
        CHECK ((slsa_v1 IS NULL) = (slsa_v02 IS NULL))
      ) STRICT`,
    );
  }

  down(): Promise<void> {
    throw new DanubeError('migration_not_reversible', 'migrations only go forward; restore the backup instead', {
      category: 'invalid',
    });
  }
}
