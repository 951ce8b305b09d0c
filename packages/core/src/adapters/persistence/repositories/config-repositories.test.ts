import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob, samplePipeline, sampleTeam, sampleUser } from '@danube/test-support/database-samples.js';
import type { InstanceSettings } from '../../../domain/config/configuration.js';
import { defaultSettings } from '../../../domain/config/default-settings.js';
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
        { type: 'push', branches: ['main', 'release/*'], tags: [], paths: ['web/**'], pathsIgnore: [] },
        { type: 'cron', schedule: '0 3 * * *', catchUp: 'one', skipIfRunning: true },
      ],
      timeoutAction: 'warn',
      concurrency: 'cancel_running',
      maxConcurrentJobs: 2,
      cloneSubmodules: true,
      env: { MODE: 'ci' },
      image: 'python:3.12',
      kubernetes: {
        resources: { memory: { limit: '4Gi' } },
        workspaceSize: '5Gi',
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ key: 'build' }],
        imagePullSecrets: ['registry'],
        serviceAccount: 'builder',
        capabilities: [],
        egress: { hosts: [{ host: 'pypi.org', ports: [443] }], cidrs: [] },
      },
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

test('secrets are replaced within their scope only', async () => {
  const secret = (id: string, scope: SecretRecord['scope'], byte: number): SecretRecord => ({
    id,
    name: 'TOKEN',
    scope,
    sealed: undefined,
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
  const key = (scope: SecretRecord['scope'], updatedAt: number) => ({
    name: 'TOKEN',
    scope,
    sealed: undefined,
    createdAt: 1,
    updatedAt,
  });
  expect(await db.secrets.listByScope(web)).toEqual([key(web, 4)]);
  expect(await db.secrets.list()).toEqual([key(global, 1), key(web, 4), key(team, 2)]);
  expect(await db.secrets.remove('TOKEN', web)).toBe(true);
  expect(await db.secrets.remove('TOKEN', web)).toBe(false);
  expect(await db.secrets.listByScope(web)).toEqual([]);
  expect(await db.secrets.find('TOKEN', global)).toBeDefined();
});

test('secrets of the config repository are told apart from the others', async () => {
  const manual: SecretRecord = {
    id: 's1',
    name: 'A',
    scope: { kind: 'global' },
    sealed: undefined,
    ciphertext: Buffer.from('x'),
    createdAt: 1,
    updatedAt: 1,
  };
  const managed: SecretRecord = { ...manual, id: 's2', name: 'B', scope: { kind: 'team', team: 'web' }, sealed: 'age' };
  for (const each of [manual, managed]) await db.secrets.save(each);
  const sealed = { id: 'B of team web', name: 'B', scope: managed.scope, sealed: 'age' };
  expect(await db.secrets.listSealed()).toEqual([sealed]);
  expect(await db.secrets.find('B', managed.scope)).toEqual(managed);
  await db.secrets.save({ ...managed, sealed: undefined });
  expect(await db.secrets.listSealed()).toEqual([]);
});

test('the commit in force and the last syncs are kept', async () => {
  const settings: InstanceSettings = {
    ...defaultSettings,
    jobs: { maxConcurrent: 4, defaultTimeoutMs: 1000 },
    cors: { origins: ['https://ci.example.org'] },
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
