import { migrate } from '../adapters/persistence/apply-migrations.js';
import { prepareDataDirectory } from './data-directory.js';

/**
 * Brings the database of a data directory to this version's schema; answers its path and the names of what was applied.
 * Idempotent. A running server does the same at its start.
 */
export async function migrateDatabase(
  dataDir: string,
): Promise<{ readonly database: string; readonly applied: readonly string[] }> {
  const { database } = await prepareDataDirectory(dataDir);
  return { database, applied: await migrate(database) };
}
