import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { adminToken, HttpFixture } from '@danube/test-support/http-fixture.js';
import { samplePipeline, sampleTeam } from '@danube/test-support/database-samples.js';
import type { CronTrigger } from '../../domain/pipeline/pipeline.js';
import { runCli } from '../run-cli.js';

const nightly: CronTrigger = { type: 'cron', schedule: '0 3 * * MON', catchUp: 'one', skipIfRunning: true };
let fixture: HttpFixture;

beforeEach(async () => {
  fixture = await HttpFixture.start();
  const { database } = fixture;
  await database.teams.upsert([sampleTeam('platform')]);
  await database.pipelines.upsert([
    samplePipeline('nightly', { triggers: [nightly] }),
    samplePipeline('web', { triggers: undefined }),
  ]);
});
afterEach(() => fixture.stop());

async function run(...args: readonly string[]) {
  const terminal = fakeTerminal({ env: { DANUBE_SERVER: fixture.url, DANUBE_TOKEN: adminToken } });
  const exitCode = await runCli(['pipelines', ...args], terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test('list shows pipelines by name', async () => {
  const { exitCode, stdout } = await run('list', '--search', 'night');
  expect(exitCode).toBe(0);
  expect(stdout.trim().split('\n').slice(1)).toEqual([expect.stringMatching(/^nightly +platform +main +- +- +-/)]);
  const none = await run('list', '--search', 'nothing');
  expect(none).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: 'no pipelines match; "danube pipelines list" shows all\n',
  });
});

test('show says when a schedule is due and what came of it the last time', async () => {
  const schedule = nightly.schedule;
  const run1 = { pipelineId: 'nightly', schedule, lastDueAt: 1, lastJobId: undefined, lastOutcome: 'started job #4' };
  await fixture.database.cronRuns.save([run1]);
  const { exitCode, stdout } = await run('show', 'nightly');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('as the config repository says');
  expect(stdout).toContain('cron; schedule 0 3 * * MON');
  expect(stdout).toContain('next        2026-01-12T03:00:00.000Z, 2026-01-19T03:00:00.000Z, 2026-01-26T03:00:00.000Z');
  expect(stdout).toContain('started job #4');
});

test('show names what is wrong with the triggers of a pipeline file, by its place', async () => {
  expect((await run('show', 'web')).stdout).toContain('as danubefile.py says, which has not been read yet');
  const { spec } = samplePipeline('web');
  await fixture.database.pipelineFiles.save({
    pipelineId: 'web',
    source: spec,
    commit: 'a'.repeat(40),
    blobId: 'b'.repeat(40),
    triggers: [],
    problems: [{ line: 3, column: 20, message: 'triggers must be literals' }],
    readAt: 1,
  });
  const { stdout } = await run('show', 'web');
  expect(stdout).toContain('by hand only, because danubefile.py has problems');
  expect(stdout).toContain('danubefile.py:3:20: triggers must be literals');
});

test('show tells a file that was never read from one that cannot be read any more, and says where nothing starts jobs', async () => {
  fixture.pipelineFileFailure = 'no route to the forge';
  expect((await run('show', 'web')).stdout).toContain(
    'by hand only, until danubefile.py can be read: no route to the forge',
  );
  const { spec } = samplePipeline('web');
  const file = { pipelineId: 'web', source: spec, commit: 'a'.repeat(40), blobId: 'b'.repeat(40), readAt: 1 };
  await fixture.database.pipelineFiles.save({ ...file, triggers: [nightly], problems: [] });
  expect((await run('show', 'web')).stdout).toContain(
    '  as danubefile.py said when it was last read; since then: no route to the forge\n',
  );
  fixture.pipelineFileFailure = undefined;
  await fixture.database.pipelineFiles.save({ ...file, triggers: [], problems: [] });
  expect((await run('show', 'web')).stdout).toContain('  by hand only, as danubefile.py says at aaaaaaaa\n');
});

test('a pipeline that is not there is named', async () => {
  const { exitCode, stderr } = await run('show', 'nope');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('there is no pipeline "nope"');
});
