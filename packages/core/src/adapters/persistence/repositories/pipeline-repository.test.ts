import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestDatabase, silentTelemetry } from '@danube/test-support/database.js';
import { samplePipeline, sampleTeam } from '@danube/test-support/database-samples.js';
import { applyMigrations } from '../apply-migrations.js';
import { migrations } from '../migrations/index.js';
import { openPersistence } from '../open-persistence.js';
import { connect } from '../sqlite-driver.js';

test('pipelines are found by their repository, however its URL is written', async () => {
  const db = await openTestDatabase();
  await db.teams.upsert([sampleTeam('platform')]);
  await db.pipelines.upsert([
    samplePipeline('web', { repository: 'git@GitHub.com:octo/hello.git' }),
    samplePipeline('api', { repository: 'https://github.com/octo/hello', permissions: [] }),
    samplePipeline('other', { repository: 'https://github.com/octo/hello-world' }),
  ]);
  const urls = ['https://github.com/octo/hello.git', 'ssh://git@github.com/octo/hello.git'];
  const found = await db.pipelines.listByRepository(urls);
  expect(found.map(({ id }) => id)).toEqual(['api', 'web']);
  expect(await db.pipelines.listByRepository([])).toEqual([]);
  expect(await db.pipelines.listRepositories()).toEqual([
    'git@GitHub.com:octo/hello.git',
    'https://github.com/octo/hello-world',
  ]);

  await db.pipelines.upsert([samplePipeline('web', { repository: 'https://github.com/octo/moved' })]);
  expect((await db.pipelines.listByRepository(urls)).map(({ id }) => id)).toEqual(['api']);
  await db.close();
});

test('pipelines of an older database are found too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'danube-upgrade-'));
  const path = join(folder, 'danube.db');
  const writer = await connect(path, 'writer');
  const all = writer.migrations;
  Object.assign(writer, { migrations: all.slice(0, 1) });
  expect(await applyMigrations(writer)).toEqual([migrations[0]?.name]);
  await writer.query(`INSERT INTO teams (id, name, global_admin) VALUES ('platform', 'platform', 0)`);
  await writer.query(`INSERT INTO pipelines (id, name, team_id, repository, branch, file, timeout_ms, timeout_action,
    concurrency, max_concurrent_steps, clone_submodules, env, origin_file, origin_line)
    VALUES ('web', 'web', 'platform', 'git@github.com:octo/hello.git', 'main', 'f', 1, 'kill', 'queue', 1, 0, '{}', 'p', 1)`);
  await writer.destroy();
  const persistence = await openPersistence(path, silentTelemetry());
  const found = await persistence.pipelines.listByRepository(['https://github.com/octo/hello']);
  expect(found.map(({ id }) => id)).toEqual(['web']);
  await persistence.close();
  await rm(folder, { recursive: true });
});
