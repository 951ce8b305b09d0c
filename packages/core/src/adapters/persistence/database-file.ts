import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DanubeError } from '@danube/plugin-api';

/**
 * Makes sure that the file is there with its folder, may be written, and is nobody else's to read. SQLite gives the
 * files that it puts beside the database the same rights.
 * @throws DanubeError `database_not_writable` with the path and the system's reason.
 */
export async function prepareDatabaseFile(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    try {
      const { mode } = await file.stat();
      if ((mode & 0o077) !== 0) await chmod(path, 0o600);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DanubeError(
      'database_not_writable',
      `the database ${path} cannot be written (${reason}); check data_dir and the rights of its folder`,
      { category: 'unavailable', retryable: false, details: { path }, cause },
    );
  }
}
