import { setTimeout as wait } from 'node:timers/promises';
import { DanubeError, isDanubeError, type ErrorCategory } from '@danube/plugin-api';
import sqlite3 from 'sqlite3';
import { DataSource, type QueryRunner } from 'typeorm';
import { entities } from './entities/index.js';
import { migrations } from './migrations/index.js';

/** A writer may change rows; a reader cannot, whatever statement it is given. */
export type ConnectionRole = 'writer' | 'reader';

/** How long a statement waits for another process that writes to the same file. */
const busyTimeoutMs = 10_000;
/** How long a start waits for the last server to end. */
const lockTimeoutMs = 5_000;
/** SQLite's numbers for OFF, NORMAL and FULL are 0, 1 and 2. */
const synchronousNormal = 1;
/** 32 MiB of write-ahead log, which only comes together where commits never pause. Then the writer moves the rest itself. */
const writerCheckpointPages = 8192;

const damagedMessage = 'the database file is damaged; stop the server and restore the latest backup';

// TypeORM asks for sqlite3's verbose mode, which builds a stack trace for every statement.
const driver = { ...sqlite3, verbose: () => sqlite3 };

/** TypeORM asks for no rows where a statement begins with INSERT, UPDATE or DELETE; a comment in front lets them come. */
export function withRows(sql: string): string {
  return `/* rows */ ${sql}`;
}

/** Takes the write lock at once: a transaction that reads first and locks later fails where another process wrote. */
export const beginStatement = 'BEGIN IMMEDIATE';

/**
 * Opens one connection to the file and sets it up.
 * @throws DanubeError `database_pragma_refused`, `database_not_a_database`, `database_unreachable` and the other codes
 * of {@link translateSqliteError}; no connection is left open then.
 */
export async function connect(path: string, role: ConnectionRole): Promise<DataSource> {
  const source = new DataSource({
    type: 'sqlite',
    database: path,
    driver,
    busyTimeout: busyTimeoutMs,
    entities,
    migrations,
    synchronize: false,
    logging: false,
  });
  try {
    await source.initialize();
    if (role === 'writer') await enableWal(source);
    await source.query(`PRAGMA synchronous = ${synchronousNormal}`);
    await source.query('PRAGMA journal_size_limit = 67108864');
    await source.query(`PRAGMA wal_autocheckpoint = ${writerCheckpointPages}`);
    if (role === 'reader') await source.query('PRAGMA query_only = ON');
    await checkPragmas(source, role);
    return source;
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    throw translateSqliteError(error, path);
  }
}

/**
 * Holds a file for this process alone. The lock is the operating system's: it ends with the process, however that ends.
 * @throws DanubeError `data_dir_in_use` (conflict) when another process keeps it longer than a stop takes.
 */
export async function lock(path: string): Promise<DataSource> {
  const source = new DataSource({ type: 'sqlite', database: path, driver, busyTimeout: lockTimeoutMs });
  try {
    await source.initialize();
    await source.query('BEGIN EXCLUSIVE');
    return source;
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    if (!String(error).includes('SQLITE_BUSY')) throw translateSqliteError(error, path);
    throw new DanubeError('data_dir_in_use', `another Danube uses this data directory (${path} is locked)`, {
      category: 'conflict',
    });
  }
}

/** SQLite does not wait for a busy file when it changes the journal mode, so this does. */
async function enableWal(source: DataSource): Promise<void> {
  const giveUpAt = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      await source.query('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!String(error).includes('SQLITE_BUSY') || performance.now() > giveUpAt) throw error;
      await wait(20);
    }
  }
}

/**
 * Reads back what the connection was told: SQLite ignores a pragma that it cannot or will not follow.
 * @throws DanubeError `database_pragma_refused` naming the pragma, its value and the wanted one.
 */
export async function checkPragmas(source: DataSource, role: ConnectionRole): Promise<void> {
  const wanted: Readonly<Record<string, string | number>> = {
    journal_mode: 'wal',
    foreign_keys: 1,
    busy_timeout: busyTimeoutMs,
    synchronous: synchronousNormal,
    wal_autocheckpoint: writerCheckpointPages,
    query_only: role === 'reader' ? 1 : 0,
  };
  for (const [pragma, value] of Object.entries(wanted)) {
    const rows: Record<string, string | number>[] = await source.query(`PRAGMA ${pragma}`);
    const actual = Object.values(rows[0] ?? {})[0];
    if (actual !== value) {
      throw new DanubeError(
        'database_pragma_refused',
        `SQLite does not follow PRAGMA ${pragma} = ${value} (it answers ${actual}); ` +
          'put the data directory on a local disk and make sure that no other program changes the database',
        { category: 'unavailable', retryable: false, details: { pragma, wanted: value, actual } },
      );
    }
  }
}

/** Ends the open transaction without keeping it; SQLite has done so by itself where the disk was full or failed. */
export async function rollBack(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('ROLLBACK');
  } catch (error) {
    if (!String(error).includes('no transaction is active')) throw error;
  }
}

/** Moves everything from the write-ahead log into the database file, so that the file alone is a whole backup. */
export async function checkpoint(source: DataSource): Promise<void> {
  await source.query('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Moves as much of the write-ahead log into the database file as can be moved while others read and write. */
export async function checkpointBesideWriter(source: DataSource): Promise<void> {
  await source.query('PRAGMA wal_checkpoint(PASSIVE)');
}

/** @throws DanubeError `database_damaged` with what SQLite finds wrong in the file. */
export async function checkIntegrity(query: (sql: string) => Promise<unknown>): Promise<void> {
  const rows = (await query('PRAGMA quick_check')) as { readonly quick_check: string }[];
  const problems = rows.map((row) => row.quick_check).filter((line) => line !== 'ok');
  if (problems.length > 0) {
    throw new DanubeError('database_damaged', damagedMessage, { category: 'internal', details: { problems } });
  }
}

interface Recognised {
  /** Found in the driver's message: it gives no subcode. */
  readonly pattern: RegExp;
  readonly code: string;
  readonly category: ErrorCategory;
  readonly message: (match: RegExpExecArray) => string;
}

const recognised: readonly Recognised[] = [
  {
    pattern: /UNIQUE constraint failed: (.+)/,
    code: 'database_unique_violation',
    category: 'conflict',
    message: (match) => `there is a row with the same ${match[1]} already`,
  },
  {
    pattern: /FOREIGN KEY constraint failed/,
    code: 'database_reference_missing',
    category: 'conflict',
    message: () => 'the row names another one that is not there, or is still named by others',
  },
  {
    pattern: /SQLITE_CONSTRAINT: (.+)|SQLITE_MISMATCH/,
    code: 'database_value_refused',
    category: 'internal',
    message: (match) => `the database refused a value: ${match[1] ?? 'wrong type'}`,
  },
  {
    pattern: /SQLITE_FULL/,
    code: 'database_disk_full',
    category: 'unavailable',
    message: () => 'the disk that holds the database is full; free some space, nothing was changed',
  },
  {
    pattern: /SQLITE_(BUSY|LOCKED)/,
    code: 'database_busy',
    category: 'unavailable',
    message: () => 'another program keeps the database locked; end it, or wait and try again',
  },
  {
    pattern: /SQLITE_NOTADB/,
    code: 'database_not_a_database',
    category: 'invalid',
    message: () => 'the file is not an SQLite database; move it away or name another data directory',
  },
  {
    pattern: /SQLITE_CORRUPT/,
    code: 'database_damaged',
    category: 'internal',
    message: () => damagedMessage,
  },
  {
    pattern: /SQLITE_READONLY/,
    code: 'database_read_only',
    category: 'unavailable',
    message: () => 'the database may not be written; check the rights of the file and its folder',
  },
  {
    pattern: /SQLITE_(CANTOPEN|PERM|AUTH)/,
    code: 'database_unreachable',
    category: 'unavailable',
    message: () => 'the database file cannot be opened; check that it is a file and who may read and write it',
  },
  {
    pattern: /SQLITE_IOERR/,
    code: 'database_io_error',
    category: 'unavailable',
    message: () => 'the disk that holds the database answers with errors; check it and the file system',
  },
];

/** The driver's error as one of Danube's. Statement and parameters stay out of it: they may hold what is confidential. */
export function translateSqliteError(error: unknown, path?: string): unknown {
  if (isDanubeError(error) || !(error instanceof Error)) return error;
  const cause: unknown = 'driverError' in error ? error.driverError : error;
  const text = cause instanceof Error ? cause.message : error.message;
  if (!text.includes('SQLITE_')) return error;
  const where = path === undefined ? '' : `${path}: `;
  for (const { pattern, code, category, message } of recognised) {
    const match = pattern.exec(text);
    if (match) return new DanubeError(code, where + message(match), { category, cause });
  }
  return new DanubeError('database_error', `${where}the database failed: ${text}`, { category: 'internal', cause });
}
