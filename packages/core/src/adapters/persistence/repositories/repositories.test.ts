import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import {
  sampleJob,
  samplePipeline,
  sampleStep,
  sampleTeam,
  sampleUser,
} from '@danube/test-support/database-samples.js';
import type { Artifact } from '../../../domain/artifact/artifact.js';
import type { InstanceSettings } from '../../../domain/config/configuration.js';
import type { Delivery, Verdict } from '../../../domain/delivery/delivery.js';
import type { SecretRecord } from '../../../domain/secret/secret-record.js';

let db: TestDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(() => db.close());

describe('users and teams', () => {
  test('are stored, changed, listed and removed', async () => {
    const ada = sampleUser('ada', { displayName: 'Ada', oidcSubject: 'sub-1', passwordHash: '$2y$10$x' });
    await db.users.upsert([sampleUser('bob'), ada]);
    await db.teams.upsert([sampleTeam('platform', { members: ['bob', 'ada', 'bob'], globalAdmin: true })]);
    expect(await db.users.findById('ada')).toEqual(ada);
    expect(await db.users.findByOidcSubject('sub-1')).toEqual(ada);
    expect(await db.users.findByOidcSubject('sub-2')).toBeUndefined();
    expect((await db.users.list()).map((user) => user.id)).toEqual(['ada', 'bob']);
    expect((await db.users.listByTeam('platform')).map((user) => user.id)).toEqual(['ada', 'bob']);
    const platform = sampleTeam('platform', { members: ['bob', 'ada'], globalAdmin: true });
    expect(await db.teams.findById('platform')).toEqual(platform);

    await db.users.upsert([sampleUser('ada', { email: 'new@example.org' })]);
    await db.teams.upsert([sampleTeam('platform', { description: 'the base', members: ['ada'] }), sampleTeam('apps')]);
    expect(await db.users.findById('ada')).toEqual(sampleUser('ada', { email: 'new@example.org' }));
    expect(await db.teams.list()).toEqual([
      sampleTeam('apps'),
      sampleTeam('platform', { description: 'the base', members: ['ada'] }),
    ]);

    await db.users.remove(['ada', 'nobody']);
    expect(await db.users.findById('ada')).toBeUndefined();
    expect((await db.teams.findById('platform'))?.members).toEqual([]);
    await db.teams.remove(['platform', 'apps']);
    expect(await db.teams.list()).toEqual([]);
  });

  test('a team cannot have a member that is nobody', async () => {
    await expect(db.teams.upsert([sampleTeam('platform', { members: ['ghost'] })])).rejects.toMatchObject({
      code: 'database_reference_missing',
    });
    expect(await db.teams.list()).toEqual([]);
  });
});

describe('pipelines', () => {
  beforeEach(() => db.teams.upsert([sampleTeam('platform'), sampleTeam('apps')]));

  test('read back whole, permissions in their order', async () => {
    const web = samplePipeline('web', {
      description: 'the site',
      triggers: [
        { type: 'push', branches: ['main', 'release/*'], tags: [] },
        { type: 'cron', schedule: '0 3 * * *' },
      ],
      timeoutAction: 'warn',
      concurrency: 'cancel_running',
      maxConcurrentJobs: 2,
      cloneSubmodules: true,
      env: { MODE: 'ci' },
      image: 'python:3.12',
      permissions: [
        { team: 'platform', permission: 'admin' },
        { team: 'apps', permission: 'read' },
      ],
    });
    await db.pipelines.upsert([web, samplePipeline('api', { triggers: [] })]);
    expect(await db.pipelines.findById('web')).toEqual(web);
    expect(await db.pipelines.findById('api')).toEqual(samplePipeline('api', { triggers: [] }));
    expect(await db.pipelines.findById('none')).toBeUndefined();
    expect(await db.pipelines.listConcurrencyLimits()).toEqual(new Map([['web', 2]]));

    await db.pipelines.upsert([samplePipeline('web', { team: 'apps' })]);
    expect(await db.pipelines.findById('web')).toEqual(samplePipeline('web', { team: 'apps' }));
    expect(await db.pipelines.listConcurrencyLimits()).toEqual(new Map());
  });

  test('are listed by name, team and part of the name, in pages', async () => {
    const names = ['api', 'api_docs', 'web', 'web-100%'];
    await db.pipelines.upsert(
      names.map((name) => samplePipeline(name, { team: name === 'web' ? 'apps' : 'platform' })),
    );
    const list = async (filter: { team?: string; search?: string }, limit = 10, cursor?: string) => {
      const page = await db.pipelines.list(filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
      return [page.items.map((pipeline) => pipeline.id), page.nextCursor];
    };
    expect(await list({})).toEqual([names, undefined]);
    expect(await list({}, 3)).toEqual([['api', 'api_docs', 'web'], 'web']);
    expect(await list({}, 3, 'web')).toEqual([['web-100%'], undefined]);
    expect(await list({ team: 'apps' })).toEqual([['web'], undefined]);
    expect(await list({ search: 'EB' })).toEqual([['web', 'web-100%'], undefined]);
    expect(await list({ search: '%' })).toEqual([['web-100%'], undefined]);
    expect(await list({ search: '_' })).toEqual([['api_docs'], undefined]);
  });

  test('10,000 of them are stored at once, and a removed one leaves its jobs and its numbers', async () => {
    await db.pipelines.upsert(Array.from({ length: 10_000 }, (_, index) => samplePipeline(`p-${index}`)));
    await db.jobs.create(sampleJob('j1', { pipelineId: 'p-7' }));
    await db.pipelines.remove(['p-7', 'p-8']);
    expect((await db.pipelines.list({}, { limit: 20_000 })).items).toHaveLength(9_998);
    expect((await db.jobs.findById('j1'))?.pipelineId).toBe('p-7');
    expect((await db.jobs.create(sampleJob('j2', { pipelineId: 'p-7' }))).number).toBe(2);
  });
});

describe('steps', () => {
  beforeEach(() => db.jobs.create(sampleJob('j1')));

  test('are created once; a second request gets the stored row', async () => {
    const step = sampleStep('j1', 1, { image: 'node:22', deadlineAt: 99 });
    const results = await Promise.all([
      db.steps.createOnce(step),
      db.steps.createOnce({ ...step, command: 'another', requestDigest: 'd2' }),
    ]);
    expect(results).toEqual([
      { step, created: true },
      { step, created: false },
    ]);
    expect(await db.steps.find('j1', 1)).toEqual(step);
    expect(await db.steps.find('j1', 2)).toBeUndefined();
  });

  test('a step of no job is refused', async () => {
    await expect(db.steps.createOnce(sampleStep('j2', 1))).rejects.toMatchObject({
      code: 'database_reference_missing',
    });
  });

  test('change until they have ended', async () => {
    await db.steps.createOnce(sampleStep('j1', 2));
    await db.steps.createOnce(sampleStep('j1', 1));
    expect(await db.steps.update('j1', 1, { status: 'running', startedAt: 5, logStart: 0 })).toBe(true);
    expect(await db.steps.update('j1', 1, { status: 'success', exitCode: 0, finishedAt: 9, logEnd: 70 })).toBe(true);
    expect(await db.steps.update('j1', 1, { status: 'failure' })).toBe(false);
    expect(await db.steps.update('j1', 3, { status: 'failure' })).toBe(false);
    const ended = sampleStep('j1', 1, {
      status: 'success',
      exitCode: 0,
      startedAt: 5,
      finishedAt: 9,
      logStart: 0,
      logEnd: 70,
    });
    expect(await db.steps.listByJob('j1')).toEqual([ended, sampleStep('j1', 2)]);

    await db.steps.endAll('j1', 'cancelled', 'the job was cancelled', 11);
    const cancelled = sampleStep('j1', 2, { status: 'cancelled', reason: 'the job was cancelled', finishedAt: 11 });
    expect(await db.steps.listByJob('j1')).toEqual([ended, cancelled]);
  });
});

test('secrets are replaced within their scope only', async () => {
  const secret = (id: string, scope: SecretRecord['scope'], byte: number): SecretRecord => ({
    id,
    name: 'TOKEN',
    scope,
    ciphertext: Buffer.from([byte, 0, 255]),
    createdAt: 1,
    updatedAt: byte,
  });
  const web = { kind: 'pipeline', pipelineId: 'web' } as const;
  const team = { kind: 'team', team: 'web' } as const;
  const global = { kind: 'global' } as const;
  for (const each of [secret('s1', global, 1), secret('s2', team, 2), secret('s3', web, 3), secret('s4', web, 4)]) {
    await db.secrets.save(each);
  }
  expect(await db.secrets.find('TOKEN', global)).toEqual(secret('s1', global, 1));
  expect(await db.secrets.find('TOKEN', team)).toEqual(secret('s2', team, 2));
  expect(await db.secrets.listByScope(web)).toEqual([secret('s4', web, 4)]);
  expect(await db.secrets.remove('TOKEN', web)).toBe(true);
  expect(await db.secrets.remove('TOKEN', web)).toBe(false);
  expect(await db.secrets.listByScope(web)).toEqual([]);
  expect(await db.secrets.find('TOKEN', global)).toBeDefined();
});

test('artifacts have one name each within a job', async () => {
  await db.jobs.create(sampleJob('j1'));
  const artifact = (id: string, name: string): Artifact => ({
    id,
    jobId: 'j1',
    name,
    sizeBytes: 5_000_000_000,
    sha256: 'ab'.repeat(32),
    createdAt: 7,
  });
  await db.artifacts.create(artifact('a1', 'wheel'));
  await db.artifacts.create(artifact('a2', 'docs'));
  await expect(db.artifacts.create(artifact('a3', 'docs'))).rejects.toMatchObject({ category: 'conflict' });
  expect(await db.artifacts.listByJob('j1')).toEqual([artifact('a2', 'docs'), artifact('a1', 'wheel')]);
  expect(await db.artifacts.remove('a1')).toBe(true);
  expect(await db.artifacts.remove('a1')).toBe(false);
});

test('deliveries are stored once and worked on in the order in which they came', async () => {
  const delivery = (id: string, forgeDeliveryId: string | undefined, receivedAt: number): Delivery => ({
    id,
    forge: 'gitea',
    forgeDeliveryId,
    headers: { 'x-gitea-event': 'push' },
    body: Buffer.from([123, 0, 125]),
    receivedAt,
    status: 'received',
    processedAt: undefined,
  });
  const first = delivery('d1', 'guid-1', 20);
  expect(await db.deliveries.createOnce(first)).toEqual({ delivery: first, created: true });
  expect(await db.deliveries.createOnce(delivery('d2', 'guid-1', 21))).toEqual({ delivery: first, created: false });
  await db.deliveries.createOnce(delivery('d3', undefined, 10));
  await db.deliveries.createOnce(delivery('d4', undefined, 30));
  expect((await db.deliveries.listReceived(10)).map(({ id }) => id)).toEqual(['d3', 'd1', 'd4']);
  expect((await db.deliveries.listReceived(1)).map(({ id }) => id)).toEqual(['d3']);

  await db.jobs.create(sampleJob('j1'));
  const verdicts: Verdict[] = [
    { deliveryId: 'd1', pipelineId: 'api', outcome: 'skipped', reason: 'branch dev does not match', jobId: undefined },
    { deliveryId: 'd1', pipelineId: 'web', outcome: 'triggered', reason: 'push to main', jobId: 'j1' },
  ];
  await db.deliveries.finish('d1', 'processed', verdicts, 40);
  await db.deliveries.finish('d1', 'processed', verdicts, 41);
  expect(await db.deliveries.listVerdicts('d1')).toEqual(verdicts);
  expect(await db.deliveries.findById('d1')).toEqual({ ...first, status: 'processed', processedAt: 41 });
  expect((await db.deliveries.listReceived(10)).map(({ id }) => id)).toEqual(['d3', 'd4']);
});

test('verdicts that cannot be stored leave the delivery to be worked on', async () => {
  await db.deliveries.createOnce({
    id: 'd1',
    forge: 'gitea',
    forgeDeliveryId: undefined,
    headers: {},
    body: Buffer.from('{}'),
    receivedAt: 1,
    status: 'received',
    processedAt: undefined,
  });
  const wrong: Verdict = {
    deliveryId: 'd1',
    pipelineId: 'web',
    outcome: 'triggered',
    reason: 'x',
    jobId: 'no such job',
  };
  await expect(db.deliveries.finish('d1', 'processed', [wrong], 2)).rejects.toMatchObject({
    code: 'database_reference_missing',
  });
  expect((await db.deliveries.findById('d1'))?.status).toBe('received');
});

test('a job has one token at a time, and none once it is removed', async () => {
  await db.jobs.create(sampleJob('j1'));
  await db.jobTokens.save('j1', 'hash-1');
  await db.jobTokens.save('j1', 'hash-2');
  expect(await db.jobTokens.findJobId('hash-1')).toBeUndefined();
  expect(await db.jobTokens.findJobId('hash-2')).toBe('j1');
  await db.jobTokens.removeByJob('j1');
  expect(await db.jobTokens.findJobId('hash-2')).toBeUndefined();
});

test('the commit in force and the last syncs are kept', async () => {
  const settings: InstanceSettings = {
    jobs: { maxConcurrent: 4, defaultTimeoutMs: 1000 },
    logs: { maxBytesPerJob: 5 },
    observability: { otlpEndpoint: undefined },
    cors: { origins: ['https://ci.example.org'] },
    retention: { logsDays: 30, artifactsDays: 30 },
  };
  expect(await db.configState.current()).toBeUndefined();
  await db.configState.setCurrent('c1', settings, 1);
  await db.configState.setCurrent('c2', { ...settings, cors: { origins: [] } }, 2);
  expect(await db.configState.current()).toEqual({
    commit: 'c2',
    settings: { ...settings, cors: { origins: [] } },
    appliedAt: 2,
  });

  const problem = { file: 'a.yaml', line: 3, column: 1, path: 'spec', message: 'unknown key', suggestion: undefined };
  await db.configState.recordSync({ commit: 'c1', status: 'applied', startedAt: 1, finishedAt: 2, problems: [] });
  await db.configState.recordSync({
    commit: undefined,
    status: 'failed',
    startedAt: 3,
    finishedAt: 4,
    problems: [problem],
  });
  const syncs = await db.configState.listSyncs(10);
  expect(syncs.map(({ status, commit, problems }) => ({ status, commit, problems }))).toEqual([
    { status: 'failed', commit: undefined, problems: [problem] },
    { status: 'applied', commit: 'c1', problems: [] },
  ]);
  expect(await db.configState.listSyncs(1)).toHaveLength(1);
});

test('a removed job takes along what belongs to it, and a verdict about it stays', async () => {
  await db.jobs.create(sampleJob('j1'));
  await db.steps.createOnce(sampleStep('j1', 1));
  await db.jobTokens.save('j1', 'hash');
  await db.database.execute(`DELETE FROM jobs WHERE id = 'j1'`);
  expect(await db.steps.listByJob('j1')).toEqual([]);
  expect(await db.jobTokens.findJobId('hash')).toBeUndefined();
});
