import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { samplePipeline, sampleTeam } from '@danube/test-support/database-samples.js';
import { FakeClock } from '@danube/test-support/fake-clock.js';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AesSecretCipher } from '../../adapters/crypto/aes-secret-cipher.js';
import { UuidIdGenerator } from '../../adapters/crypto/uuid-id-generator.js';
import type { SecretScope } from '../../domain/secret/secret-record.js';
import { checkSealedSecrets } from './check-sealed-secrets.js';
import { Sha256TokenHasher } from '../../adapters/crypto/sha256-token-hasher.js';
import { AuditLog } from '../audit/audit-log.js';
import { SecretScopes } from './secret-scopes.js';
import { Secrets } from './secrets.js';
import { StoredSecrets } from './stored-secrets.js';

const global = { kind: 'global' } as const;
const platform = { kind: 'team', team: 'platform' } as const;
const web = { kind: 'pipeline', pipelineId: 'web' } as const;
const key = randomBytes(32);

let db: TestDatabase;
let hidden: string[];
let clock: FakeClock;
let loggers: RecordingLoggers;
let secrets: Secrets;
let reader: StoredSecrets;

beforeEach(async () => {
  db = await openTestDatabase();
  await db.teams.upsert([sampleTeam('platform'), sampleTeam('apps')]);
  await db.pipelines.upsert([samplePipeline('web'), samplePipeline('api', { team: 'apps' })]);
  hidden = [];
  clock = new FakeClock();
  loggers = new RecordingLoggers();
  const scopes = new SecretScopes(db.teams, db.pipelines);
  const cipher = new AesSecretCipher(key);
  const mask = { hide: (value: string) => void hidden.push(value) };
  secrets = new Secrets(
    db.secrets,
    scopes,
    cipher,
    mask,
    new AuditLog(db.audit, new Sha256TokenHasher(), db.unitOfWork, clock),
    db.unitOfWork,
    new UuidIdGenerator(),
    clock,
    loggers,
  );
  reader = new StoredSecrets(db.secrets, scopes, cipher, mask);
});
afterEach(() => db.close());

const set = (name: string, value: string, scope: SecretScope) => secrets.set(name, value, scope, 'ada');
const read = async (name: string, scope: SecretScope) => (await reader.read(name, scope))?.reveal();

test('the nearest scope wins', async () => {
  await set('TOKEN', 'global value', global);
  expect([await read('TOKEN', web), await read('TOKEN', platform)]).toEqual(['global value', 'global value']);
  await set('TOKEN', 'team value', platform);
  expect([await read('TOKEN', web), await read('TOKEN', platform)]).toEqual(['team value', 'team value']);
  await set('TOKEN', 'own value', web);
  expect([await read('TOKEN', web), await read('TOKEN', platform)]).toEqual(['own value', 'team value']);
  expect(await read('TOKEN', { kind: 'pipeline', pipelineId: 'api' })).toBe('global value');
  expect(await read('TOKEN', { kind: 'pipeline', pipelineId: 'gone' })).toBe('global value');
  expect(await read('OTHER', web)).toBeUndefined();
  await secrets.remove('TOKEN', web, 'ada');
  expect(await read('TOKEN', web)).toBe('team value');
});

test('a pipeline that was taken out of the configuration shows none of its secrets to whoever gets its name', async () => {
  await set('TOKEN', 'own value', web);
  await db.pipelines.remove(['web']);
  expect(await read('TOKEN', web)).toBeUndefined();
});

test('what is set or read is kept out of the log, and no plain text is in the database', async () => {
  const value = 'a value that nobody may see é\nsecond line\n';
  await set('KEY', value, global);
  expect(hidden).toEqual([value]);
  expect(await read('KEY', web)).toBe(value);
  expect(hidden).toEqual([value, value]);
  expect(JSON.stringify(loggers.entries)).not.toContain('nobody may see');
  for (const file of [db.path, `${db.path}-wal`]) {
    expect((await readFile(file)).includes('nobody may see'), file).toBe(false);
  }
});

test('lists tell names, scopes and times, and a replaced one keeps its birth', async () => {
  const createdAt = clock.now();
  expect((await set('B', 'x', web)).replaced).toBe(false);
  await set('A', 'x', global);
  clock.advance(1000);
  expect(await set('B', 'y', web)).toEqual({
    key: { name: 'B', scope: web, sealed: undefined, createdAt, updatedAt: createdAt + 1000 },
    replaced: true,
  });
  await set('A', 'x', platform);
  const keys = await secrets.list();
  expect(keys.map(({ name, scope }) => [name, scope])).toEqual([
    ['A', global],
    ['A', platform],
    ['B', web],
  ]);
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['createdAt', 'name', 'scope', 'sealed', 'updatedAt']);
  expect((await secrets.listForPipeline('web')).map(({ name, scope }) => [name, scope])).toEqual([
    ['A', platform],
    ['B', web],
  ]);
  await expect(secrets.listForPipeline('gone')).rejects.toMatchObject({ code: 'pipeline_not_found' });
});

test.each<[string, string, string, SecretScope]>([
  ['secret_name_invalid', '', 'x', global],
  ['secret_name_invalid', '../x', 'x', global],
  ['secret_name_invalid', 'A:B', 'x', global],
  ['secret_name_invalid', '-A', 'x', global],
  ['secret_name_invalid', 'A\n', 'x', global],
  ['secret_name_invalid', 'A'.repeat(201), 'x', global],
  ['secret_value_invalid', 'A', '', global],
  ['secret_value_invalid', 'A', 'é'.repeat(32_769), global],
  ['secret_value_invalid', 'A', 'half a pair \ud800', global],
  ['team_not_found', 'A', 'x', { kind: 'team', team: 'nobody' }],
  ['pipeline_not_found', 'A', 'x', { kind: 'pipeline', pipelineId: 'nothing' }],
])('%s: the secret %j is refused', async (code, name, value, scope) => {
  await expect(set(name, value, scope)).rejects.toMatchObject({ code });
  expect(await secrets.list()).toEqual([]);
});

test('the longest name and value are taken', async () => {
  const name = 'A'.repeat(200);
  await set(name, '\ufeff'.repeat(3) + 'x'.repeat(65_527), global);
  expect(await read(name, global)).toHaveLength(65_530);
});

test('what is not there cannot be removed', async () => {
  await set('A', 'x', global);
  await expect(secrets.remove('A', web, 'ada')).rejects.toMatchObject({
    code: 'secret_not_found',
    message: 'there is no secret "A" of pipeline "web"',
  });
});

test('a sealed value does not open under another name or scope', async () => {
  await set('A', 'x', web);
  const stored = await db.secrets.find('A', web);
  if (stored === undefined) throw new Error('it was stored');
  await db.secrets.save({ ...stored, id: 'copy', scope: global });
  await db.secrets.save({ ...stored, id: 'renamed', name: 'B' });
  await expect(read('A', global)).rejects.toMatchObject({ code: 'secret_unreadable' });
  await expect(read('B', web)).rejects.toMatchObject({ code: 'secret_unreadable' });
});

test('a key that opens nothing is found out at the start; one damaged secret does not stop it', async () => {
  const other = new AesSecretCipher(randomBytes(32));
  await checkSealedSecrets(db.secrets, other);
  await set('A', 'x', global);
  await set('B', 'x', global);
  await expect(checkSealedSecrets(db.secrets, other)).rejects.toMatchObject({ code: 'encryption_key_wrong' });
  const damaged = await db.secrets.find('A', global);
  if (damaged === undefined) throw new Error('it was stored');
  await db.secrets.save({ ...damaged, ciphertext: Buffer.from('damaged') });
  await checkSealedSecrets(db.secrets, new AesSecretCipher(key));
});
