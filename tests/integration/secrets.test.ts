import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { startDanube } from '@danube/core/composition/start-danube.js';
import { Tokens } from '@danube/core/services/tokens.js';
import { TestDanube } from '@danube/test-support/danube.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

const global = { kind: 'global' } as const;
const pemLines = ['-----BEGIN KEY-----', 'MC4CAQAwBQYDK2VwBCIE', '-----END KEY-----'];
const pem = `${pemLines.join('\n')}\n`;

let danube: TestDanube;
let keyFile: string;
beforeEach(async () => {
  danube = await TestDanube.start('pass\n');
  keyFile = join(danube.folder, 'data', 'keys', 'encryption.key');
});
afterEach(() => danube.stop());

const store = () => danube.running.container.resolve(Tokens.Secrets).set('KEY', pem, global, 'ada');
const read = async () => (await danube.running.container.resolve(Tokens.SecretReader).read('KEY', global))?.reveal();

test('a secret outlives a restart, under a key that only the server may read', async () => {
  await store();
  expect(statSync(keyFile)).toMatchObject({ mode: 0o100600, size: 32 });
  await danube.halt();
  await danube.boot();
  expect(await read()).toBe(pem);
});

test.each<[string, () => void]>([
  ['encryption_key_missing', () => renameSync(keyFile, `${keyFile}.away`)],
  ['encryption_key_wrong', () => writeFileSync(keyFile, randomBytes(32))],
  ['encryption_key_unusable', () => chmodSync(keyFile, 0o644)],
])('a start ends with %s instead of losing the secrets', async (code, spoil) => {
  await store();
  await danube.halt();
  spoil();
  const start = startDanube(danube.bootstrap(), { output: process.stderr, version: '0.0.0-test' });
  await expect(start).rejects.toMatchObject({ code });
});

test('without secrets a lost key is made anew', async () => {
  await danube.halt();
  rmSync(keyFile);
  await danube.boot();
  await store();
  expect(await read()).toBe(pem);
});

test('what was read is not in the log, neither whole nor line by line', async () => {
  await store();
  await danube.halt();
  const output = new PassThrough();
  danube.running = await startDanube(
    { ...danube.bootstrap(), logging: { level: 'info', format: 'json' } },
    { output, version: '0.0.0-test' },
  );
  await read();
  const log = danube.running.container.resolve(Tokens.LoggerFactory).forTarget('danube.test');
  log.error(`could not parse ${pem}`, { err: new Error(`bad line "${pemLines[1]}"`) });
  const printed = String(output.read());
  expect(printed).toContain('could not parse [redacted]');
  expect(printed).toContain('bad line \\"[redacted]\\"');
  expect(printed).not.toContain(pemLines[1]);
});
