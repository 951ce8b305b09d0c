import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentTelemetry } from '@danube/test-support/database.js';
import { sampleDelivery, sampleJob, samplePipeline, sampleTeam } from '@danube/test-support/database-samples.js';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AesSecretCipher } from '../adapters/crypto/aes-secret-cipher.js';
import { createNextEncryptionKey, readOrCreateEncryptionKey } from '../adapters/filesystem/encryption-key.js';
import { openPersistence, type Persistence } from '../adapters/persistence/open-persistence.js';
import { DeliveryHeaders } from '../services/deliveries/delivery-headers.js';
import { findOpening } from '../services/secrets/reseal-all.js';
import { sealedForJob } from '../services/secrets/job-secrets.js';
import { prepareDataDirectory } from './data-directory.js';
import { rotateEncryptionKey } from './rotate-encryption-key.js';
import { settleKeyRotation } from './settle-key-rotation.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const count = 300;
const kills = 8;
const longestWaitMs = 300;
const sealedInGit = '-----BEGIN AGE ENCRYPTED FILE-----';

let folder: string;
let keyFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-rotate-'));
  keyFile = join(folder, 'keys', 'encryption.key');
  await prepareDataDirectory(folder);
  const cipher = new AesSecretCipher(await readOrCreateEncryptionKey(keyFile, () => Promise.resolve(true)));
  await withDatabase(async (db) => {
    await db.teams.upsert([sampleTeam('platform')]);
    await db.pipelines.upsert([samplePipeline('web')]);
    await db.jobs.create(sampleJob('job'));
    const ciphertext = cipher.seal(Buffer.from('of the job'), sealedForJob('job', 'A'));
    await db.jobSecrets.save('job', [{ name: 'A', ciphertext }]);
    const { headers, sealedHeaders } = new DeliveryHeaders(cipher).seal('delivery', { 'x-token': 'of a forge' }, [
      'x-token',
    ]);
    await db.deliveries.storeOnce([
      {
        ...sampleDelivery('delivery'),
        payload: { headers, sealedHeaders, body: Buffer.from('{}') },
      },
    ]);
    await db.unitOfWork.run(async () => {
      for (let number = 0; number < count; number += 1) {
        const sealed = cipher.seal(Buffer.from(`value ${number}`), `secret:global::S${number}`);
        const times = { createdAt: 1, updatedAt: 1 };
        await db.secrets.save({
          id: `id${number}`,
          name: `S${number}`,
          scope: { kind: 'global' },
          sealed: number === 1 ? sealedInGit : undefined,
          ciphertext: sealed,
          ...times,
        });
      }
    });
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function withDatabase<T>(work: (db: Persistence) => Promise<T>): Promise<T> {
  const db = await openPersistence(join(folder, 'danube.db'), silentTelemetry());
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** As a server does at its start. Answers every value that opens. */
async function openAll(): Promise<readonly string[]> {
  return withDatabase(async (db) => {
    await settleKeyRotation(keyFile, db.sealedValues);
    const cipher = new AesSecretCipher(await readFile(keyFile));
    const values: string[] = [];
    for await (const { ciphertext, context } of db.sealedValues.all()) {
      values.push(Buffer.from(cipher.open(ciphertext, context)).toString());
    }
    return values;
  });
}

const everything = [
  ...Array.from({ length: count }, (_, number) => `value ${number}`),
  'of the job',
  'of a forge',
].sort();

test('everything is sealed with a new key, and the old one opens nothing', async () => {
  const old = await readFile(keyFile);
  expect(await rotateEncryptionKey(folder, 'ada', '0')).toEqual({ sealed: count + 2, unreadable: 0 });
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  expect((await openAll()).toSorted()).toEqual(everything);
  expect(await withDatabase((db) => findOpening(db.sealedValues, new AesSecretCipher(old)))).toBe('none');
  const managed = await withDatabase((db) => db.secrets.listSealed());
  expect(managed.map(({ name, sealed }) => [name, sealed])).toEqual([['S1', sealedInGit]]);
  const [entry] = await withDatabase((db) => db.audit.listBefore(9, 1));
  expect(entry).toMatchObject({ action: 'key.rotate', actor: 'ada' });
});

test('a rotation that ended before its transaction changes nothing', async () => {
  const old = await readFile(keyFile);
  await createNextEncryptionKey(keyFile);
  expect((await openAll()).toSorted()).toEqual(everything);
  expect(await readFile(keyFile)).toEqual(old);
  await expect(stat(`${keyFile}.next`)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a rotation that ended after its transaction is brought to its end', async () => {
  await copyFile(keyFile, join(folder, 'old'));
  await rotateEncryptionKey(folder, 'ada', '0');
  const next = await readFile(keyFile);
  // as it stood before the new key took its place
  await copyFile(keyFile, `${keyFile}.next`);
  await copyFile(join(folder, 'old'), keyFile);
  expect((await openAll()).toSorted()).toEqual(everything);
  expect(await readFile(keyFile)).toEqual(next);
});

test('a damaged value stays as it is and is counted', async () => {
  await withDatabase(async (db) => {
    const secret = await db.secrets.find('S0', { kind: 'global' });
    if (secret !== undefined) await db.secrets.save({ ...secret, ciphertext: Buffer.from('damaged') });
  });
  expect(await rotateEncryptionKey(folder, 'ada', '0')).toEqual({ sealed: count + 1, unreadable: 1 });
});

test('a rotation that is killed at any moment leaves a database that opens', async () => {
  // beside the packages that it imports
  const outfile = join(root, 'node_modules', `.rotate-${process.pid}.mjs`);
  await build({
    stdin: {
      contents: `import 'reflect-metadata';
        import { rotateEncryptionKey } from './rotate-encryption-key.js';
        for (;;) { await rotateEncryptionKey(process.argv[2] ?? '', 'ada', '0'); process.stdout.write('.'); }`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    outfile,
    tsconfig: join(root, 'tsconfig.check.json'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  try {
    for (let round = 0; round < kills; round += 1) {
      const child = spawn(process.execPath, [outfile, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const begun = performance.now();
      await once(child.stdout, 'data');
      // one rotation has taken this long at most: the next is killed somewhere within it
      const lasted = Math.min(performance.now() - begun, longestWaitMs);
      await new Promise((resolve) => setTimeout(resolve, lasted * (round / kills)));
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect((await openAll()).toSorted()).toEqual(everything);
    }
  } finally {
    await rm(outfile, { force: true });
  }
}, 120_000);
