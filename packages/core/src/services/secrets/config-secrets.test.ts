import { ConfigSyncFixture, newIdentity, pipelineText, teamText } from '@danube/test-support/config-sync-fixture.js';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UuidIdGenerator } from '../../adapters/crypto/uuid-id-generator.js';
import { sealSecret } from '../../composition/seal-secret.js';
import type { SecretScope } from '../../domain/secret/secret-record.js';
import { formatProblem } from '../../domain/config/format-problem.js';
import { SecretScopes } from './secret-scopes.js';
import { Secrets } from './secrets.js';
import { Sha256TokenHasher } from '../../adapters/crypto/sha256-token-hasher.js';
import { AuditLog } from '../audit/audit-log.js';
import { StoredSecrets } from './stored-secrets.js';

const never = new AbortController().signal;
const global = { kind: 'global' } as const;
const platform = { kind: 'team', team: 'platform' } as const;
const web = { kind: 'pipeline', pipelineId: 'web' } as const;

let world: ConfigSyncFixture;
beforeEach(async () => {
  world = await ConfigSyncFixture.open();
  world.repository.commit({ 'teams.yaml': teamText('platform'), 'p.yaml': pipelineText('web') + pipelineText('api') });
});
afterEach(() => world.close());

const seal = (name: string, scope: SecretScope, value: string, recipient = world.identity.recipient) =>
  sealSecret(name, scope, value, recipient);

const mask = { hide: () => undefined };
const scopes = () => new SecretScopes(world.database.teams, world.database.pipelines);

async function seenFromWeb(): Promise<Record<string, string>> {
  const values = await new StoredSecrets(world.database.secrets, scopes(), world.cipher, mask).readAll(web);
  return Object.fromEntries([...values].map(([name, value]) => [name, value.reveal()]));
}

const people = () => {
  const { audit, unitOfWork, secrets } = world.database;
  const auditLog = new AuditLog(audit, new Sha256TokenHasher(), unitOfWork, world.clock);
  return new Secrets(
    secrets,
    scopes(),
    world.cipher,
    mask,
    auditLog,
    unitOfWork,
    new UuidIdGenerator(),
    world.clock,
    world.loggers,
  );
};

async function audited(): Promise<string[]> {
  const entries = await world.database.audit.listAfter(0, 100);
  return entries.map(({ action, outcome, actor, secret }) => `${actor}: ${action} ${secret} ${outcome}`);
}

test('sealed secrets come, change and go with the commits, each with an entry in the audit log', async () => {
  const { sync } = await world.boot();
  const first = world.repository.commit({
    'secrets/global.yaml': await seal('TOKEN', global, 'of all'),
    'secrets/web.yaml': `${await seal('TOKEN', web, 'of web')}---\n${await seal('TEAM', platform, 'of platform')}`,
  });
  expect((await sync.execute(never)).problems).toEqual([]);
  expect(await seenFromWeb()).toEqual({ TOKEN: 'of web', TEAM: 'of platform' });
  expect(world.loggers.messages('info').filter((line) => line.includes('secret'))).toEqual([
    '+ secret TOKEN',
    '+ secret TOKEN of pipeline web',
    '+ secret TEAM of team platform',
  ]);
  world.loggers.entries.length = 0;
  const second = world.repository.commit({ 'secrets/web.yaml': await seal('TEAM', platform, 'another') });
  await sync.execute(never);
  expect(await seenFromWeb()).toEqual({ TOKEN: 'of all', TEAM: 'another' });
  expect(world.loggers.messages('info').slice(1)).toEqual([
    '~ secret TEAM of team platform: sealed',
    '- secret TOKEN of pipeline web',
  ]);
  expect(await audited()).toEqual([
    `config commit ${first}: secret.set TOKEN stored`,
    `config commit ${first}: secret.set TOKEN stored`,
    `config commit ${first}: secret.set TEAM stored`,
    `config commit ${second}: secret.remove TOKEN removed`,
    `config commit ${second}: secret.set TEAM replaced`,
  ]);
  expect(world.hidden).toEqual(['of all', 'of web', 'of platform', 'another']);
  for (const file of [world.database.path, `${world.database.path}-wal`]) {
    expect((await readFile(file)).includes('of platform'), file).toBe(false);
  }
});

test('what is in force already is not opened again, also not by the next life of the server', async () => {
  world.repository.commit({ 'secret.yaml': await seal('TOKEN', web, 'of web') });
  await (await world.boot()).sync.execute(never);
  const { sync } = await world.boot();
  world.repository.commit({ 'other.yaml': await seal('OTHER', web, 'of web too') });
  expect((await sync.execute(never)).status).toBe('applied');
  world.repository.commit({ 'p.yaml': pipelineText('web', { timeout: '5m' }) + pipelineText('api') });
  expect((await sync.execute(never)).status).toBe('applied');
  expect(world.hidden).toEqual(['of web', 'of web too']);
  expect(await seenFromWeb()).toEqual({ TOKEN: 'of web', OTHER: 'of web too' });
});

test.each<[string, () => Promise<string>, string]>([
  [
    'of another pipeline',
    async () => (await seal('TOKEN', web, 'hunter2')).replace('pipeline: web', 'pipeline: api'),
    'this sealed value was sealed for "TOKEN" of pipeline "web" and was put into the document of "TOKEN" of pipeline "api" ' +
      '(seal it anew: "danube secret seal TOKEN --pipeline api")',
  ],
  [
    'of the whole instance',
    async () => (await seal('TOKEN', web, 'hunter2')).replace('  pipeline: web\n', ''),
    'was put into the document of "TOKEN" of the whole instance (seal it anew: "danube secret seal TOKEN")',
  ],
  [
    'of another name',
    async () => (await seal('TOKEN', platform, 'hunter2')).replace('name: TOKEN', 'name: PUBLIC'),
    'into the document of "PUBLIC" of team "platform" (seal it anew: "danube secret seal PUBLIC --team platform")',
  ],
  [
    'that was sealed for another instance',
    async () => seal('TOKEN', web, 'hunter2', (await newIdentity()).recipient),
    'does not open with the key of this instance: it was sealed for another one, or is damaged',
  ],
])('a document %s is refused with its place, and everything stays as it was', async (_case, write, message) => {
  const { sync, active } = await world.boot();
  const good = world.repository.commit({ 'secret.yaml': await seal('TOKEN', web, 'of web') });
  await sync.execute(never);
  const text = await write();
  world.repository.commit({ 'secret.yaml': text, 'more.yaml': pipelineText('more') });
  const { status, problems } = await sync.execute(never);
  const line = text.split('\n').findIndex((each) => each.includes('sealed: |')) + 1;
  expect([status, problems.map(formatProblem)]).toEqual([
    'failed',
    [expect.stringMatching(new RegExp(`^secret\\.yaml:${line}:\\d+: spec\\.sealed: this sealed value `))],
  ]);
  expect(problems.map(formatProblem)[0]).toContain(message);
  expect(JSON.stringify([problems, world.loggers.entries])).not.toContain('hunter2');
  expect(active.applied.commit).toBe(good);
  expect(await world.pipelineNames()).toEqual(['api', 'web']);
  expect(await seenFromWeb()).toEqual({ TOKEN: 'of web' });
});

test('a failing transaction leaves no secret behind', async () => {
  const { sync } = await world.boot();
  world.repository.commit({ 'secret.yaml': await seal('TOKEN', web, 'of web') });
  const setCurrent = world.database.configState.setCurrent.bind(world.database.configState);
  world.database.configState.setCurrent = () => Promise.reject(new Error('disk full'));
  await expect(sync.execute(never)).rejects.toThrow('disk full');
  expect([await world.database.secrets.list(), await audited()]).toEqual([[], []]);
  world.database.configState.setCurrent = setCurrent;
  expect((await sync.execute(never)).status).toBe('applied');
  expect(await seenFromWeb()).toEqual({ TOKEN: 'of web' });
});

test('the config repository takes over what people have set; from then on they cannot, until it lets go', async () => {
  const { sync } = await world.boot();
  await sync.execute(never);
  await people().set('TOKEN', 'by hand', web, 'ada');
  const [byHand] = await world.database.secrets.list();
  world.clock.advance(1000);
  world.repository.commit({ 'secret.yaml': await seal('TOKEN', web, 'from Git') });
  expect((await sync.execute(never)).status).toBe('applied');
  expect(await seenFromWeb()).toEqual({ TOKEN: 'from Git' });
  expect((await world.database.secrets.list())[0]).toMatchObject({
    createdAt: byHand?.createdAt,
    updatedAt: world.clock.now(),
  });
  const refused = {
    code: 'secret_managed_by_config',
    category: 'conflict',
    message: expect.stringContaining('"danube secret seal TOKEN --pipeline web"') as string,
  };
  await expect(people().set('TOKEN', 'by hand', web, 'ada')).rejects.toMatchObject(refused);
  await expect(people().remove('TOKEN', web, 'ada')).rejects.toMatchObject(refused);
  expect(await seenFromWeb()).toEqual({ TOKEN: 'from Git' });
  await people().set('TOKEN', 'of the team', platform, 'ada');
  world.repository.commit({ 'secret.yaml': teamText('other') });
  await sync.execute(never);
  expect(await seenFromWeb()).toEqual({ TOKEN: 'of the team' });
  await people().set('TOKEN', 'by hand again', web, 'ada');
  expect(await seenFromWeb()).toEqual({ TOKEN: 'by hand again' });
});

test('a plan tells of secrets, and does not open them', async () => {
  const { plan, source } = await world.boot();
  world.repository.commit({ 'secret.yaml': await seal('TOKEN', web, 'x', (await newIdentity()).recipient) });
  const result = await plan.execute(source, undefined, never);
  expect(result.kind === 'valid' && result.diff.secrets.added.map(({ id }) => id)).toEqual(['TOKEN of pipeline web']);
  expect(world.hidden).toEqual([]);
});
