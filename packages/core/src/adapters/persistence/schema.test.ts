import { mkdir, stat, writeFile, readFile, mkdtemp, rm, copyFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentTelemetry } from '@danube/test-support/database.js';
import { sampleJob } from '@danube/test-support/database-samples.js';
import { applyMigrations, migrate } from './apply-migrations.js';
import { entities } from './entities/index.js';
import { migrations } from './migrations/index.js';
import { openPersistence } from './open-persistence.js';
import { checkPragmas, connect } from './sqlite-driver.js';

const migrationNames = migrations.map((migration) => migration.name);

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-schema-'));
  path = join(folder, 'data', 'danube.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a fresh file gets every table once, in a folder and with rights of its own', async () => {
  expect(await migrate(path)).toEqual(migrationNames);
  expect(await migrate(path)).toEqual([]);
  const source = await connect(path, 'reader');
  const rows: { name: string; strict: number }[] = await source.query(
    `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  );
  await source.destroy();
  expect(rows.map((row) => row.name)).toEqual([
    'api_tokens',
    'artifacts',
    'audit_log',
    'commit_statuses',
    'config_state',
    'config_syncs',
    'cron_runs',
    'deliveries',
    'delivery_payloads',
    'job_secrets',
    'job_tokens',
    'jobs',
    'loose_objects',
    'migrations',
    'pipeline_counters',
    'pipeline_files',
    'pipeline_permissions',
    'pipelines',
    'provenance',
    'secrets',
    'sessions',
    'steps',
    'team_members',
    'teams',
    'users',
    'verdicts',
  ]);
  expect(rows.filter((row) => row.strict === 0).map((row) => row.name)).toEqual(['migrations']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);

test('entities and migrations agree on every column', async () => {
  await migrate(path);
  const source = await connect(path, 'reader');
  for (const { tableName, columns } of entities.map((entity) => source.getMetadata(entity))) {
    const declared = columns.map((column) => ({
      name: column.databaseName,
      type: String(column.type).toUpperCase(),
      nullable: column.isNullable,
      key: column.isPrimary,
    }));
    const info: { name: string; type: string; notnull: number; pk: number }[] = await source.query(
      `SELECT name, type, "notnull", pk FROM pragma_table_info('${tableName}')`,
    );
    const stored = info.map(({ name, type, notnull, pk }) => ({ name, type, nullable: notnull === 0, key: pk > 0 }));
    expect(declared.sort(byName), tableName).toEqual(stored.sort(byName));
  }
  await source.destroy();
});

test('two processes that create the database at once both find it ready', async () => {
  const applied = await Promise.all([migrate(path), migrate(path), migrate(path)]);
  expect(applied.flat()).toEqual(migrationNames);
});

test('a schema of a newer version is refused in words and left alone', async () => {
  await migrate(path);
  const writer = await connect(path, 'writer');
  await writer.query(`INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'Later1999999999999')`);
  await expect(applyMigrations(writer)).rejects.toMatchObject({ code: 'database_too_new' });
  await writer.destroy();
  await expect(openPersistence(path, silentTelemetry())).rejects.toThrow(/newer Danube \(Later1999999999999/);
});

test('a migration that breaks a reference is undone as a whole', async () => {
  await migrate(path);
  const writer = await connect(path, 'writer');
  Object.assign(writer, {
    migrations: [
      ...writer.migrations,
      {
        name: 'Orphan1999999999999',
        up: (runner: { query(sql: string): Promise<unknown> }) =>
          runner.query(`INSERT INTO job_tokens VALUES ('no such job', 'hash')`),
      },
    ],
  });
  await expect(applyMigrations(writer)).rejects.toMatchObject({ code: 'database_migration_failed' });
  expect(await writer.query('SELECT * FROM job_tokens')).toEqual([]);
  expect(await writer.query('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  await writer.destroy();
});

test('both kinds of connection stand as they were told', async () => {
  for (const role of ['writer', 'reader'] as const) {
    const source = await connect(join(folder, 'danube.db'), role === 'reader' ? 'writer' : role);
    await source.destroy();
    const again = await connect(join(folder, 'danube.db'), role);
    await expect(checkPragmas(again, role)).resolves.toBeUndefined();
    await again.destroy();
  }
});

test.each([
  ['journal_mode', 'PRAGMA journal_mode = DELETE'],
  ['foreign_keys', 'PRAGMA foreign_keys = OFF'],
  ['busy_timeout', 'PRAGMA busy_timeout = 1'],
  ['synchronous', 'PRAGMA synchronous = OFF'],
  ['wal_autocheckpoint', 'PRAGMA wal_autocheckpoint = 0'],
  ['query_only', 'PRAGMA query_only = ON'],
])('a connection without the right %s is refused', async (pragma, change) => {
  const writer = await connect(join(folder, 'danube.db'), 'writer');
  await writer.query(change);
  await expect(checkPragmas(writer, 'writer')).rejects.toMatchObject({
    code: 'database_pragma_refused',
    details: { pragma },
  });
  await writer.destroy();
});

test('a file that is not in WAL mode is not opened for reading', async () => {
  const plain = await new DataSource({ type: 'sqlite', database: join(folder, 'plain.db') }).initialize();
  await plain.query('CREATE TABLE t (x)');
  await plain.destroy();
  await expect(connect(join(folder, 'plain.db'), 'reader')).rejects.toThrow(/journal_mode = wal \(it answers delete\)/);
});

test('a file that is no database is named and left as it is', async () => {
  await mkdir(join(folder, 'data'));
  await writeFile(path, 'this is a text file, and long enough to be looked at by SQLite '.repeat(20));
  await expect(openPersistence(path, silentTelemetry())).rejects.toMatchObject({
    code: 'database_not_a_database',
    message: expect.stringContaining(path) as string,
  });
  expect(await readFile(path, 'utf8')).toMatch(/^this is a text file/);
});

test.each([
  ['a file where its folder should be', async () => writeFile(join(folder, 'data'), '')],
  ['a folder where it should be', async () => mkdir(path, { recursive: true })],
])('a path that cannot be written is named: %s', async (_name, prepare) => {
  await prepare();
  await expect(openPersistence(path, silentTelemetry())).rejects.toMatchObject({
    code: 'database_not_writable',
    message: expect.stringContaining(path) as string,
  });
});

test('a database that others could read is made private when it is opened', async () => {
  await migrate(path);
  await chmod(path, 0o644);
  await (await openPersistence(path, silentTelemetry())).close();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('after closing, the file alone is a whole backup, even while another process has it open', async () => {
  const persistence = await openPersistence(path, silentTelemetry());
  await persistence.jobs.create(sampleJob('j1'));
  const other = await connect(path, 'reader');
  await persistence.close();
  const copy = join(folder, 'copy.db');
  await copyFile(path, copy);
  await other.destroy();
  const restored = await openPersistence(copy, silentTelemetry());
  expect(await restored.jobs.findById('j1')).toBeDefined();
  await restored.database.integrityCheck();
  await restored.database.ping();
  await restored.close();
});

test('damage in the file is found', async () => {
  const persistence = await openPersistence(path, silentTelemetry());
  for (let index = 0; index < 200; index += 1) await persistence.jobs.create(sampleJob(`job-${index}`));
  await persistence.close();
  const bytes = await readFile(path);
  bytes.fill(0xff, bytes.length - 3 * 4096);
  await writeFile(path, bytes);
  const damaged = await openPersistence(path, silentTelemetry());
  await expect(damaged.database.integrityCheck()).rejects.toMatchObject({ code: 'database_damaged' });
  await damaged.close();
});
