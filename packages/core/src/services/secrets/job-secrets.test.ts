import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob, samplePipeline, sampleTeam } from '@danube/test-support/database-samples.js';
import { FakeClock } from '@danube/test-support/fake-clock.js';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AesSecretCipher } from '../../adapters/crypto/aes-secret-cipher.js';
import { UuidIdGenerator } from '../../adapters/crypto/uuid-id-generator.js';
import type { Job } from '../../domain/job/job.js';
import { Sha256TokenHasher } from '../../adapters/crypto/sha256-token-hasher.js';
import { AuditLog } from '../audit/audit-log.js';
import { JobSecrets } from './job-secrets.js';
import { SecretScopes } from './secret-scopes.js';
import { Secrets } from './secrets.js';
import { StoredSecrets } from './stored-secrets.js';

const global = { kind: 'global' } as const;
const web = { kind: 'pipeline', pipelineId: 'web' } as const;
const platform = { kind: 'team', team: 'platform' } as const;
const cipher = new AesSecretCipher(randomBytes(32));

let db: TestDatabase;
let metrics: RecordingMetrics;
let secrets: Secrets;
let jobSecrets: JobSecrets;

beforeEach(async () => {
  db = await openTestDatabase();
  await db.teams.upsert([sampleTeam('platform'), sampleTeam('apps')]);
  await db.pipelines.upsert([samplePipeline('web'), samplePipeline('api', { team: 'apps' })]);
  const scopes = new SecretScopes(db.teams, db.pipelines);
  const mask = { hide: () => undefined };
  const loggers = new RecordingLoggers();
  secrets = new Secrets(
    db.secrets,
    scopes,
    cipher,
    mask,
    new AuditLog(db.audit, new Sha256TokenHasher(), db.unitOfWork, new FakeClock()),
    db.unitOfWork,
    new UuidIdGenerator(),
    new FakeClock(),
    loggers,
  );
  metrics = new RecordingMetrics();
  jobSecrets = open();
});
afterEach(() => db.close());

/** As a master that has just started. */
function open(): JobSecrets {
  const mask = { hide: () => undefined };
  const reader = new StoredSecrets(db.secrets, new SecretScopes(db.teams, db.pipelines), cipher, mask);
  return new JobSecrets(reader, db.jobSecrets, cipher, mask, metrics);
}

const insert = (id: string, pipelineId: string, withSecrets = true): Promise<Job> =>
  db.jobs.create(sampleJob(id, { pipelineId, withSecrets }));
const seenBy = async ({ id }: Job, from = jobSecrets) =>
  Object.fromEntries([...(await from.of(id))].map(([name, value]) => [name, value.reveal()]));

test('a job has of each name the nearest secret, and none of other pipelines', async () => {
  await secrets.set('A', 'global a', global, 'ada');
  await secrets.set('B', 'global b', global, 'ada');
  await secrets.set('B', 'team b', platform, 'ada');
  await secrets.set('B', 'own b', web, 'ada');
  await secrets.set('C', 'own c', web, 'ada');
  const [one, other] = [await insert('1', 'web'), await insert('2', 'api')];
  await jobSecrets.take(one);
  await jobSecrets.take(other);
  expect(await seenBy(one)).toEqual({ A: 'global a', B: 'own b', C: 'own c' });
  expect(await seenBy(other)).toEqual({ A: 'global a', B: 'global b' });
  expect(metrics.get('danube_secret_cache_size')).toBe(5);
});

test('it keeps them over a restart of the master and over changes, sealed', async () => {
  await secrets.set('A', 'the first value', web, 'ada');
  const job = await insert('1', 'web');
  await jobSecrets.take(job);
  await secrets.set('A', 'the second value', web, 'ada');
  await secrets.set('NEW', 'came later', web, 'ada');
  expect(await seenBy(job, open())).toEqual({ A: 'the first value' });
  await jobSecrets.take(job);
  expect(await seenBy(job, open())).toEqual({ A: 'the second value', NEW: 'came later' });
  for (const file of [db.path, `${db.path}-wal`]) {
    expect((await readFile(file)).includes('value'), file).toBe(false);
  }
});

test('sealed bytes that are moved to another job do not open there', async () => {
  await secrets.set('A', 'of web', web, 'ada');
  const [one, other] = [await insert('1', 'web'), await insert('2', 'api')];
  await jobSecrets.take(one);
  await db.jobSecrets.save(other.id, await db.jobSecrets.listByJob(one.id));
  await expect(jobSecrets.of(other.id)).rejects.toMatchObject({ code: 'secret_unreadable' });
});

test('a job that may have none has none', async () => {
  await secrets.set('A', 'a', global, 'ada');
  const job = await insert('1', 'web', false);
  await jobSecrets.take(job);
  expect(await seenBy(job)).toEqual({});
});

test('nothing is left once they are cleared', async () => {
  await secrets.set('A', 'a', global, 'ada');
  const [one, other] = [await insert('1', 'web'), await insert('2', 'web')];
  await jobSecrets.take(one);
  await jobSecrets.take(other);
  await jobSecrets.clear(one.id);
  await jobSecrets.clear(one.id);
  expect(await db.jobSecrets.listByJob(one.id)).toEqual([]);
  expect(metrics.get('danube_secret_cache_size')).toBe(1);
  expect(await seenBy(one)).toEqual({});
  expect(await seenBy(other)).toEqual({ A: 'a' });
});

test('jobs with the same secrets share what finds them, and others do not', async () => {
  await secrets.set('A', 'the first value', web, 'ada');
  const [one, second, third] = [await insert('1', 'web'), await insert('2', 'web'), await insert('3', 'web')];
  await jobSecrets.take(one);
  await jobSecrets.take(second);
  await secrets.set('A', 'another value', web, 'ada');
  await jobSecrets.take(third);
  const matcher = await jobSecrets.matcherOf(one.id);
  expect(await jobSecrets.matcherOf(second.id)).toBe(matcher);
  expect((await jobSecrets.matcherOf(third.id)).maskText('the first value, another value')).toBe(
    'the first value, ***',
  );
});
