import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Tokens } from '../../services/tokens.js';
import { createContainer } from '../create-container.js';
import { prepareDataDirectory } from '../data-directory.js';
import { registerProvenance } from './provenance.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-provenance-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function start(publicUrl?: string) {
  const loggers = new RecordingLoggers();
  const container = createContainer();
  const options = { publicUrl, danubeVersion: '1.0.0', mode: 'none', attests: true } as const;
  await registerProvenance(container, await prepareDataDirectory(folder), options, loggers.forTarget('danube'));
  return { entries: loggers.entries, platform: container.resolve(Tokens.BuildPlatform) };
}

test('the first start says the public key, later starts do not', async () => {
  const publicKey = async () => readFile(join(folder, 'keys', 'signing.key.pub'), 'utf8');
  const first = await start();
  expect(first.entries).toEqual([
    expect.objectContaining({
      level: 'info',
      fields: expect.objectContaining({ public_key: await publicKey() }) as object,
    }),
  ]);
  expect((await start()).entries).toEqual([]);
});

test('the server is named by its public address, or by its key', async () => {
  expect((await start('https://danube.example.com/')).platform.platformId).toBe('https://danube.example.com');
  expect((await start()).platform.platformId).toMatch(/^https:\/\/danube\.dev\/instances\/[0-9a-f]{16}$/);
});
