import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { FakeClock } from '@danube/test-support/fake-clock.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigFileParser } from '../../adapters/config-files/config-file-parser.js';
import { DirectoryConfigSource } from '../../adapters/config-files/directory-config-source.js';
import { createGit } from '../../adapters/git/create-git.js';
import { GitRunner } from '../../adapters/git/git-runner.js';
import { formatDiff } from '../../domain/config/format-diff.js';
import type { ConfigSource } from '../ports/config-source.js';
import { ActiveConfiguration } from './active-configuration.js';
import { PlanConfiguration } from './plan-configuration.js';
import { PollConfiguration } from './poll-configuration.js';
import { ReportSync } from './report-sync.js';
import { StoredConfiguration } from './stored-configuration.js';
import { SyncConfiguration } from './sync-configuration.js';

const never = new AbortController().signal;
const document = (kind: string, name: string, spec: object) =>
  `${JSON.stringify({ apiVersion: 'danube.dev/v1', kind, metadata: { name }, spec })}\n---\n`;
const team = (name: string, spec: object = {}) => document('Team', name, spec);
const user = (name: string, spec: object = {}) => document('User', name, { email: `${name}@example.com`, ...spec });
const pipeline = (name: string, spec: object = {}) =>
  document('Pipeline', name, { team: 'platform', repository: '/srv/app', ...spec });

let folder: string;
let repository: GitRepository;
let database: TestDatabase;
let loggers: RecordingLoggers;
let metrics: RecordingMetrics;
let clock: FakeClock;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'danube-sync-'));
  repository = new GitRepository(join(folder, 'config'));
  database = await openTestDatabase();
  loggers = new RecordingLoggers();
  metrics = new RecordingMetrics();
  clock = new FakeClock();
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Parts {
  readonly active: ActiveConfiguration;
  readonly sync: SyncConfiguration;
  readonly poll: PollConfiguration;
  readonly plan: PlanConfiguration;
  readonly source: ConfigSource;
}

/** As a server that has just been started makes them. */
async function boot(source?: ConfigSource): Promise<Parts> {
  const { configState, users, teams, pipelines, unitOfWork } = database;
  const git = createGit(new GitRunner(join(folder, 'cache')), metrics);
  const actualSource = source ?? git.configRepository({ url: repository.url, branch: 'main', credential: undefined });
  const active = new ActiveConfiguration(configState);
  await active.load();
  const stored = new StoredConfiguration(active, users, teams, pipelines);
  const report = new ReportSync(loggers, metrics, clock);
  const parser = new ConfigFileParser();
  const sync = new SyncConfiguration(actualSource, parser, configState, stored, active, unitOfWork, report, clock);
  const poll = new PollConfiguration({ intervalMs: 60_000 }, sync, clock, loggers);
  return { active, sync, poll, plan: new PlanConfiguration(parser, stored), source: actualSource };
}

const pipelineNames = async () => (await database.pipelines.list({}, { limit: 100 })).items.map(({ id }) => id);

test('a first sync applies everything, and the next one finds nothing to do', async () => {
  const { sync, active } = await boot();
  const commit = repository.commit({
    'config.yaml': 'jobs: {max_concurrent: 9}\n',
    'users.yaml': user('ann'),
    'teams.yaml': team('platform', { members: ['ann'] }),
    'pipelines/a.yaml': pipeline('web', { timeout: '5m' }),
  });
  expect(await sync.execute(never)).toMatchObject({ status: 'applied', commit, problems: [] });
  expect(active.applied).toMatchObject({ commit, settings: { jobs: { maxConcurrent: 9 } }, appliedAt: clock.now() });
  expect((await database.pipelines.findById('web'))?.spec.timeoutMs).toBe(300_000);
  expect((await database.teams.findById('platform'))?.members).toEqual(['ann']);
  expect(loggers.messages('info')).toEqual([
    'configuration applied',
    '~ settings: jobs.max_concurrent',
    '+ user ann',
    '+ team platform',
    '+ pipeline web',
  ]);
  expect(await sync.execute(never)).toEqual({ status: 'unchanged', commit, problems: [], diff: undefined });
  expect(await (await boot()).sync.execute(never)).toMatchObject({ status: 'unchanged' });
  expect(metrics.get('danube_cac_sync_total', { status: 'applied' })).toBe(1);
  expect(metrics.get('danube_cac_sync_total', { status: 'unchanged' })).toBe(2);
  expect(metrics.get('danube_cac_sync_last_success')).toBe(Math.floor(clock.now() / 1000));
  expect(await database.configState.listSyncs(10)).toMatchObject([{ commit, status: 'applied', problems: [] }]);
});

test.each([
  ['in the same process', false],
  ['after a restart', true],
])('changes are applied and told, %s', async (_name, restart) => {
  let { sync } = await boot();
  repository.commit({
    'users.yaml': user('ann', { oidc_subject: '1' }) + user('bob', { oidc_subject: '2' }) + user('old'),
    'teams.yaml': team('platform', { members: ['ann', 'old'] }) + team('legacy', { members: ['old'] }),
    'p.yaml': pipeline('web') + pipeline('api') + pipeline('gone', { team: 'legacy' }),
  });
  expect((await sync.execute(never)).status).toBe('applied');
  loggers.entries.length = 0;
  if (restart) sync = (await boot()).sync;
  repository.commit({
    'users.yaml':
      user('new', { oidc_subject: '3' }) + user('ann', { oidc_subject: '2' }) + user('bob', { oidc_subject: '1' }),
    'teams.yaml': team('platform', { members: ['ann', 'new'], description: 'x' }),
    'p.yaml': pipeline('new') + pipeline('web', { env: { A: 'b' }, timeout: '2h' }) + pipeline('api'),
  });
  expect((await sync.execute(never)).status).toBe('applied');
  expect(loggers.messages('info').slice(1)).toEqual([
    '+ user new',
    '~ user ann: oidc_subject',
    '~ user bob: oidc_subject',
    '- user old',
    '~ team platform: description, members',
    '- team legacy',
    '+ pipeline new',
    '~ pipeline web: spec.timeout, spec.env',
    '- pipeline gone',
  ]);
  expect(await pipelineNames()).toEqual(['api', 'new', 'web']);
  expect((await database.pipelines.findById('api'))?.origin.line).toBe(5);
  expect((await database.teams.findById('platform'))?.members).toEqual(['ann', 'new']);
  expect((await database.users.findByOidcSubject('1'))?.id).toBe('bob');
});

test('nothing of a bad configuration is applied; it is told and recorded once, until it is repaired', async () => {
  const { sync, active } = await boot();
  const good = repository.commit({ 'teams.yaml': team('platform'), 'p.yaml': pipeline('web') });
  await sync.execute(never);
  const bad = repository.commit({ 'teams.yaml': team('platfrom'), 'q.yaml': pipeline('new') });
  const outcome = await sync.execute(never);
  expect(outcome).toMatchObject({ status: 'failed', commit: bad });
  expect(outcome.problems).toHaveLength(2);
  expect(await sync.execute(never)).toEqual(outcome);
  expect(active.applied.commit).toBe(good);
  expect(await pipelineNames()).toEqual(['web']);
  expect(loggers.messages('warn')).toEqual([
    'config sync failed; the last good configuration stays in force',
    'p.yaml:1:90: spec.team: there is no Team "platform" (did you mean "platfrom"?)',
    'q.yaml:1:90: spec.team: there is no Team "platform" (did you mean "platfrom"?)',
  ]);
  expect(metrics.get('danube_cac_sync_total', { status: 'failed' })).toBe(2);
  const syncs = await database.configState.listSyncs(10);
  expect(syncs.map(({ status }) => status)).toEqual(['failed', 'applied']);
  expect(syncs[0]?.problems).toEqual(outcome.problems);
  repository.commit({ 'teams.yaml': team('platform') });
  expect((await sync.execute(never)).status).toBe('applied');
  expect(await pipelineNames()).toEqual(['new', 'web']);
});

test('a repository that vanishes keeps the last good configuration; a force-push is followed', async () => {
  const { sync, active } = await boot();
  const good = repository.commit({ 'teams.yaml': team('platform'), 'p.yaml': pipeline('web') });
  await sync.execute(never);
  renameSync(repository.path, `${repository.path}.gone`);
  expect(await sync.execute(never)).toMatchObject({
    status: 'failed',
    commit: undefined,
    problems: [{ file: '', message: expect.stringContaining('cannot read') as string }],
  });
  await sync.execute(never);
  expect(active.applied.commit).toBe(good);
  expect(await database.configState.listSyncs(10)).toHaveLength(2);
  renameSync(`${repository.path}.gone`, repository.path);
  expect((await sync.execute(never)).status).toBe('unchanged');
  repository.git('update-ref', '-d', 'HEAD');
  const pushed = repository.commit({ 'p.yaml': pipeline('other') }, 'rewritten');
  expect(await sync.execute(never)).toMatchObject({ status: 'applied', commit: pushed });
  expect(await pipelineNames()).toEqual(['other']);
});

test('a failing transaction changes nothing, also not in memory', async () => {
  const { sync, active } = await boot();
  repository.commit({ 'teams.yaml': team('platform'), 'p.yaml': pipeline('web') });
  const setCurrent = database.configState.setCurrent.bind(database.configState);
  database.configState.setCurrent = () => Promise.reject(new Error('disk full'));
  await expect(sync.execute(never)).rejects.toThrow('disk full');
  expect(await pipelineNames()).toEqual([]);
  expect(active.applied.commit).toBeUndefined();
  database.configState.setCurrent = setCurrent;
  expect((await sync.execute(never)).status).toBe('applied');
});

test('syncs at once run one after the other', async () => {
  const { sync } = await boot();
  repository.commit({ 'teams.yaml': team('platform') });
  const outcomes = await Promise.all([sync.execute(never), sync.execute(never), sync.execute(never)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'unchanged', 'unchanged']);
});

test('listeners hear of every change until they leave', async () => {
  const { sync, active } = await boot();
  const heard: (string | undefined)[] = [];
  const leave = active.subscribe(({ commit }) => heard.push(commit));
  const first = repository.commit({ 'teams.yaml': team('platform') });
  await sync.execute(never);
  await sync.execute(never);
  leave();
  repository.commit({ 'teams.yaml': team('other') });
  await sync.execute(never);
  expect(heard).toEqual([first]);
});

test('a plan says what a folder would change, and changes nothing', async () => {
  const { sync, plan, source } = await boot();
  repository.commit({ 'teams.yaml': team('platform'), 'p.yaml': pipeline('web') });
  await sync.execute(never);
  const next = new GitRepository(join(folder, 'next'));
  next.commit({ 'teams.yaml': team('platform'), 'p.yaml': pipeline('web', { branch: 'x' }), '.x/y.yaml': ': [' });
  const result = await plan.execute(new DirectoryConfigSource(next.path), undefined, never);
  expect(result.kind === 'valid' && formatDiff(result.diff)).toEqual(['~ pipeline web: spec.branch']);
  expect((await database.pipelines.findById('web'))?.spec.branch).toBe('main');
  next.commit({ 'pipelines/p.yaml': 'kind: x' });
  expect((await plan.execute(new DirectoryConfigSource(next.path), undefined, never)).kind).toBe('invalid');
  const same = await plan.execute(source, repository.head(), never);
  expect(same.kind === 'valid' && formatDiff(same.diff)).toEqual([]);
  await expect(plan.execute(new DirectoryConfigSource('/nowhere'), undefined, never)).rejects.toMatchObject({
    code: 'config_directory_unreadable',
  });
});

test('polling goes on at its interval, backs off while the repository is away, and stops', async () => {
  const { poll, active } = await boot();
  repository.commit({ 'teams.yaml': team('platform') });
  await poll.start();
  expect(active.applied.commit).toBe(repository.head());

  const applied = new Promise<void>((resolve) => active.subscribe(() => resolve()));
  const second = repository.commit({ 'teams.yaml': team('other') });
  clock.advance(59_999);
  expect(active.applied.commit).not.toBe(second);
  clock.advance(1);
  await applied;
  expect(active.applied.commit).toBe(second);

  renameSync(repository.path, `${repository.path}.gone`);
  expect((await poll.syncNow(never)).status).toBe('failed');
  expect(clock.pending).toBe(1);
  const failed = () => metrics.get('danube_cac_sync_total', { status: 'failed' });
  clock.advance(119_999);
  expect(clock.pending).toBe(1);
  renameSync(`${repository.path}.gone`, repository.path);
  expect((await poll.syncNow(never)).status).toBe('unchanged');
  expect(failed()).toBe(1);
  await poll.stop();
  expect(clock.pending).toBe(0);
});

test('an unexpected failure ends neither the loop nor the server', async () => {
  const broken = { fetchHead: () => Promise.reject(new TypeError('bug')), readFiles: () => Promise.resolve([]) };
  const { poll } = await boot(broken);
  await poll.start();
  expect(loggers.messages('error')).toEqual(['config sync broke off']);
  expect(clock.pending).toBe(1);
  await poll.stop();
});
