import { DanubeError } from '@danube/plugin-api';
import type { DataSource } from 'typeorm';
import { prepareDatabaseFile } from './database-file.js';
import { beginStatement, connect, rollBack, translateSqliteError } from './sqlite-driver.js';

/**
 * Creates the database or brings it to this version's schema, without starting anything else. Idempotent, and safe
 * while another process does the same.
 * @returns the names of the migrations applied, oldest first; empty when the schema was up to date.
 * @throws DanubeError `database_too_new`, `database_not_writable`, `database_not_a_database`.
 */
export async function migrate(path: string): Promise<readonly string[]> {
  await prepareDatabaseFile(path);
  const source = await connect(path, 'writer');
  try {
    return await applyMigrations(source);
  } finally {
    await source.destroy();
  }
}

/** All pending migrations in one transaction: an upgrade that fails leaves the schema as it was. */
export async function applyMigrations(source: DataSource): Promise<readonly string[]> {
  // SQLite ignores this pragma inside a transaction, and rebuilding a table with it on would delete what refers to it
  await source.query('PRAGMA foreign_keys = OFF');
  try {
    await source.query(beginStatement);
    try {
      await refuseNewerSchema(source);
      const applied = await source.runMigrations({ transaction: 'none' });
      await refuseBrokenReferences(source);
      await source.query('COMMIT');
      return applied.map((migration) => migration.name);
    } catch (error) {
      await rollBack(source.createQueryRunner());
      throw error;
    }
  } catch (error) {
    throw translateSqliteError(error);
  } finally {
    await source.query('PRAGMA foreign_keys = ON');
  }
}

async function refuseNewerSchema(source: DataSource): Promise<void> {
  const tables: unknown[] = await source.query(
    `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'`,
  );
  if (tables.length === 0) return;
  const known = new Set(source.migrations.map((migration) => migration.name));
  const applied: { name: string }[] = await source.query('SELECT name FROM migrations ORDER BY timestamp');
  const unknown = applied.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new DanubeError(
    'database_too_new',
    `the database was upgraded by a newer Danube (${unknown.join(', ')} is not known here); ` +
      'start that version again, or restore the backup from before the upgrade',
    { category: 'invalid', details: { unknown } },
  );
}

async function refuseBrokenReferences(source: DataSource): Promise<void> {
  const broken: { table: string; parent: string }[] = await source.query('PRAGMA foreign_key_check');
  const first = broken[0];
  if (first === undefined) return;
  throw new DanubeError(
    'database_migration_failed',
    `after the migration ${broken.length} rows name others that are not there (first: ${first.table} → ${first.parent}); ` +
      'nothing was changed, please report this',
    { category: 'internal' },
  );
}
