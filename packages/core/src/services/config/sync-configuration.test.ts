import type { ExtensionBuilder, PreparedExtensions } from '@danube/core/services/ports/extension-builder.js';
import {
  ConfigSyncFixture,
  pipelineText,
  teamText,
  userText,
  withoutPlugins,
} from '@danube/test-support/config-sync-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let world: ConfigSyncFixture;
const never = new AbortController().signal;
beforeEach(async () => {
  world = await ConfigSyncFixture.open();
});
afterEach(() => world.close());

test('a first sync applies everything, and the next one finds nothing to do', async () => {
  const { sync, active } = await world.boot();
  const commit = world.repository.commit({
    'config.yaml': 'jobs: {max_concurrent: 9}\n',
    'users.yaml': userText('ann'),
    'teams.yaml': teamText('platform', { members: ['ann'] }),
    'pipelines/a.yaml': pipelineText('web', { timeout: '5m' }),
  });
  expect(await sync.execute(never)).toMatchObject({ status: 'applied', commit, problems: [] });
  expect(active.applied).toMatchObject({
    commit,
    settings: { jobs: { maxConcurrent: 9 } },
    appliedAt: world.clock.now(),
  });
  expect((await world.database.pipelines.findById('web'))?.spec.timeoutMs).toBe(300_000);
  expect((await world.database.teams.findById('platform'))?.members).toEqual(['ann']);
  expect(world.loggers.messages('info')).toEqual([
    'configuration applied',
    '~ settings: jobs.max_concurrent',
    '+ user ann',
    '+ team platform',
    '+ pipeline web',
  ]);
  expect(await sync.execute(never)).toEqual({ status: 'unchanged', commit, problems: [], diff: undefined });
  expect(await (await world.boot()).sync.execute(never)).toMatchObject({ status: 'unchanged' });
  expect(world.metrics.get('danube_cac_sync_total', { status: 'applied' })).toBe(1);
  expect(world.metrics.get('danube_cac_sync_total', { status: 'unchanged' })).toBe(2);
  expect(world.metrics.get('danube_cac_sync_last_success')).toBe(Math.floor(world.clock.now() / 1000));
  expect(await world.database.configState.listSyncs(10)).toMatchObject([{ commit, status: 'applied', problems: [] }]);
});

test.each([
  ['in the same process', false],
  ['after a restart', true],
])('changes are applied and told, %s', async (_name, restart) => {
  let { sync } = await world.boot();
  world.repository.commit({
    'users.yaml': userText('ann', { oidc_subject: '1' }) + userText('bob', { oidc_subject: '2' }) + userText('old'),
    'teams.yaml': teamText('platform', { members: ['ann', 'old'] }) + teamText('legacy', { members: ['old'] }),
    'p.yaml': pipelineText('web') + pipelineText('api') + pipelineText('gone', { team: 'legacy' }),
  });
  expect((await sync.execute(never)).status).toBe('applied');
  world.loggers.entries.length = 0;
  if (restart) sync = (await world.boot()).sync;
  world.repository.commit({
    'users.yaml':
      userText('new', { oidc_subject: '3' }) +
      userText('ann', { oidc_subject: '2' }) +
      userText('bob', { oidc_subject: '1' }),
    'teams.yaml': teamText('platform', { members: ['ann', 'new'], description: 'x' }),
    'p.yaml': pipelineText('new') + pipelineText('web', { env: { A: 'b' }, timeout: '2h' }) + pipelineText('api'),
  });
  expect((await sync.execute(never)).status).toBe('applied');
  expect(world.loggers.messages('info').slice(1)).toEqual([
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
  expect(await world.pipelineNames()).toEqual(['api', 'new', 'web']);
  expect((await world.database.pipelines.findById('api'))?.origin.line).toBe(5);
  expect((await world.database.teams.findById('platform'))?.members).toEqual(['ann', 'new']);
  expect((await world.database.users.findByOidcSubject('1'))?.id).toBe('bob');
});

test('nothing of a bad configuration is applied; it is told and recorded once, until it is repaired', async () => {
  const { sync, active } = await world.boot();
  const good = world.repository.commit({ 'teams.yaml': teamText('platform'), 'p.yaml': pipelineText('web') });
  await sync.execute(never);
  const bad = world.repository.commit({ 'teams.yaml': teamText('platfrom'), 'q.yaml': pipelineText('new') });
  const outcome = await sync.execute(never);
  expect(outcome).toMatchObject({ status: 'failed', commit: bad });
  expect(outcome.problems).toHaveLength(2);
  expect(await sync.execute(never)).toEqual(outcome);
  expect(active.applied.commit).toBe(good);
  expect(await world.pipelineNames()).toEqual(['web']);
  expect(world.loggers.messages('warn')).toEqual([
    'config sync failed; the last good configuration stays in force',
    'p.yaml:1:90: spec.team: there is no Team "platform" (did you mean "platfrom"?)',
    'q.yaml:1:90: spec.team: there is no Team "platform" (did you mean "platfrom"?)',
  ]);
  expect(world.metrics.get('danube_cac_sync_total', { status: 'failed' })).toBe(2);
  const syncs = await world.database.configState.listSyncs(10);
  expect(syncs.map(({ status }) => status)).toEqual(['failed', 'applied']);
  expect(syncs[0]?.problems).toEqual(outcome.problems);
  world.repository.commit({ 'teams.yaml': teamText('platform') });
  expect((await sync.execute(never)).status).toBe('applied');
  expect(await world.pipelineNames()).toEqual(['new', 'web']);
});

test('a repository that vanishes keeps the last good configuration; a force-push is followed', async () => {
  const { sync, active } = await world.boot();
  const good = world.repository.commit({ 'teams.yaml': teamText('platform'), 'p.yaml': pipelineText('web') });
  await sync.execute(never);
  const hidden = world.hideRepository();
  expect(await sync.execute(never)).toMatchObject({
    status: 'failed',
    commit: undefined,
    problems: [{ file: '', message: expect.stringContaining('cannot read') as string }],
  });
  await sync.execute(never);
  expect(active.applied.commit).toBe(good);
  expect(await world.database.configState.listSyncs(10)).toHaveLength(2);
  hidden.back();
  expect((await sync.execute(never)).status).toBe('unchanged');
  expect((await world.database.configState.listSyncs(1))[0]).toMatchObject({ commit: good, status: 'applied' });
  world.repository.git('update-ref', '-d', 'HEAD');
  const pushed = world.repository.commit({ 'p.yaml': pipelineText('other') }, 'rewritten');
  expect(await sync.execute(never)).toMatchObject({ status: 'applied', commit: pushed });
  expect(await world.pipelineNames()).toEqual(['other']);
});

test('a failing transaction changes nothing, also not in memory', async () => {
  const { sync, active } = await world.boot();
  world.repository.commit({ 'teams.yaml': teamText('platform'), 'p.yaml': pipelineText('web') });
  const setCurrent = world.database.configState.setCurrent.bind(world.database.configState);
  world.database.configState.setCurrent = () => Promise.reject(new Error('disk full'));
  await expect(sync.execute(never)).rejects.toThrow('disk full');
  expect(await world.pipelineNames()).toEqual([]);
  expect(active.applied.commit).toBeUndefined();
  world.database.configState.setCurrent = setCurrent;
  expect((await sync.execute(never)).status).toBe('applied');
});

const pluginProblem = { path: ['forges', 0, 'type'], atKey: false, message: 'unknown type', suggestion: undefined };

test('what plugins refuse fails the sync with its place, and is tried again without a new commit', async () => {
  let refuse = true;
  const extensions: ExtensionBuilder = {
    ...withoutPlugins,
    prepare: (integrations, signal) =>
      refuse
        ? Promise.resolve({ kind: 'invalid', problems: [pluginProblem] })
        : withoutPlugins.prepare(integrations, signal),
  };
  const { sync, active } = await world.boot(undefined, extensions);
  world.repository.commit({ 'config.yaml': 'forges:\n  - type: github\n', 'teams.yaml': teamText('platform') });
  const problem = { file: 'config.yaml', line: 2, column: 11, path: 'forges[0].type', message: 'unknown type' };
  expect(await sync.execute(never)).toMatchObject({ status: 'failed', problems: [problem] });
  expect(active.applied.commit).toBeUndefined();
  expect(await world.database.teams.list()).toEqual([]);
  refuse = false;
  expect(await sync.execute(never)).toMatchObject({ status: 'applied' });
  expect(active.settings.integrations.forges).toMatchObject([{ type: 'github' }]);
});

test('a new set of extensions comes into force after the transaction, and goes when that fails', async () => {
  const told: string[] = [];
  const prepared: PreparedExtensions = {
    commit: () => void told.push(`commit, ${active.applied.commit === undefined ? 'nothing' : 'something'} in force`),
    discard: () => Promise.resolve(void told.push('discard')),
  };
  const prepare = () => Promise.resolve({ kind: 'ready', prepared } as const);
  const { sync, active } = await world.boot(undefined, { ...withoutPlugins, prepare });
  world.repository.commit({ 'teams.yaml': teamText('platform') });
  const setCurrent = world.database.configState.setCurrent.bind(world.database.configState);
  world.database.configState.setCurrent = () => Promise.reject(new Error('disk full'));
  await expect(sync.execute(never)).rejects.toThrow('disk full');
  expect(told).toEqual(['discard']);
  world.database.configState.setCurrent = setCurrent;
  await sync.execute(never);
  expect(told).toEqual(['discard', 'commit, nothing in force']);
});

test('syncs at once run one after the other', async () => {
  const { sync } = await world.boot();
  world.repository.commit({ 'teams.yaml': teamText('platform') });
  const outcomes = await Promise.all([sync.execute(never), sync.execute(never), sync.execute(never)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'unchanged', 'unchanged']);
});

test('listeners hear of every change until they leave', async () => {
  const { sync, active } = await world.boot();
  const heard: (string | undefined)[] = [];
  const leave = active.subscribe(({ commit }) => heard.push(commit));
  const first = world.repository.commit({ 'teams.yaml': teamText('platform') });
  await sync.execute(never);
  await sync.execute(never);
  leave();
  world.repository.commit({ 'teams.yaml': teamText('other') });
  await sync.execute(never);
  expect(heard).toEqual([first]);
});
