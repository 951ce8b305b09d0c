import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { teamDocument } from '@danube/test-support/config-documents.js';
import { DanubeProcess } from '@danube/test-support/danube-process.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { RetentionFixture } from '@danube/test-support/retention-fixture.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const jobs = 120;
/** Three files of a log, a folder with an object, and the folder where objects arrive. */
const left = 5;
const kills = 3;
let fixture: RetentionFixture;
let server: DanubeProcess;

beforeEach(async () => {
  fixture = await RetentionFixture.start();
  for (let index = 0; index < jobs; index += 1) await fixture.addArtifact(await fixture.addJob(40));
  await fixture.addArtifact(await fixture.addJob(1));
  await fixture.database.database.execute('VACUUM INTO ?', [join(fixture.folder, 'danube.db')]);
  const config = new GitRepository(join(dirname(fixture.folder), 'config'));
  config.commit({ 'teams.yaml': teamDocument() });
  server = await DanubeProcess.create(fixture.folder, config.url);
});
afterEach(async () => {
  await server.stop();
  await fixture.stop();
});

/** Log files and artifacts that are there still. */
async function countFiles(): Promise<number> {
  const folders = ['logs', 'artifacts'].map((name) => readdir(join(fixture.folder, name)));
  return (await Promise.all(folders)).flat().length;
}

test('a server that is killed while it removes old logs and artifacts ends the work in its next life', async () => {
  const all = await countFiles();
  let inTheMiddle = 0;
  for (let attempt = 1; attempt <= kills; attempt += 1) {
    await server.start();
    await vi.waitUntil(async () => (await countFiles()) <= all * (1 - attempt / (kills + 1)), {
      timeout: 30_000,
      interval: 1,
    });
    await server.kill('SIGKILL');
    if ((await countFiles()) > left) inTheMiddle += 1;
  }
  expect(inTheMiddle).toBeGreaterThan(0);

  await server.start();
  // waits for the run that the start began
  const report = await server.json<{ bytes: number; parts: object[] }>('POST', '/api/v1/reaper');
  expect(report.parts).not.toContainEqual(expect.objectContaining({ failure: expect.any(String) as string }));
  expect(await server.json('POST', '/api/v1/reaper', { dry_run: true })).toMatchObject({ bytes: 0 });
  expect(await server.json('POST', '/api/v1/reaper/check')).toEqual({ found: 0, repaired: 0, problems: [] });
  expect((await fixture.logs.store.listJobs()).length).toBe(1);
  expect(await fixture.objectKeys()).toHaveLength(1);
  const { items } = await server.json<{ items: { id: string; log_removed_at?: string }[] }>(
    'GET',
    '/api/v1/jobs?limit=200',
  );
  expect(items.filter(({ log_removed_at }) => log_removed_at === undefined)).toHaveLength(1);
});
