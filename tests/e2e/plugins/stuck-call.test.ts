import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeProcess } from '@danube/test-support/danube-process.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { notifierCode, PluginFolder } from '@danube/test-support/plugin-fixtures.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

const members = `credentialHeaders: [], deliveryId() {}, servesRepository() { return true; }, verifySignature() { return true; },
  parseEvent() {}, identifyRepository() { for (;;); },`;

let folder: string;
let server: DanubeProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'danube-stuck-'));
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const code = notifierCode('loops', { members }).replace('notifiers:', 'forges:');
  new PluginFolder(dataDir).write({ name: 'loops', contributes: { forges: ['loops'] }, code });
  const config = new GitRepository(join(folder, 'config'));
  const plugins = [{ package: 'loops', optional: true }];
  config.commit({ 'config.json': JSON.stringify({ plugins, forges: [{ type: 'loops', webhook_secret: 'hook' }] }) });
  // what two lives before left
  const line = `${JSON.stringify({ at: new Date().toISOString(), call: 'loops forges.identifyRepository' })}\n`;
  writeFileSync(join(dataDir, 'stuck-calls.jsonl'), line.repeat(2));
  server = await DanubeProcess.create(dataDir, config.url);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a plugin that computes without end ends the server, and the third time within a day it is left out', async () => {
  const ended = server.endsBy();
  const { status } = await server.request('POST', '/webhooks/loops', { any: 'thing' });
  expect(status).toBe(200);
  expect(await ended).toBe('SIGKILL');
  const log = await readFile(join(folder, 'server.log'), 'utf8');
  expect(log).toMatch(/blocked the server, which ends now","call":"loops forges.identifyRepository"/);

  await server.start();
  const { items } = await server.json<{ items: readonly { package: string }[] }>('GET', '/api/v1/plugins');
  expect(items.find((plugin) => plugin.package === 'loops')).toMatchObject({
    status: 'quarantined',
    reason: expect.stringMatching(/blocked the server 3 times within a day.*; left out: forges "loops"/) as string,
  });
  const received = async () =>
    (await server.json<{ items: readonly { status: string }[] }>('GET', '/api/v1/deliveries')).items[0]?.status;
  await expect.poll(received, { timeout: 20_000 }).toBe('failed');
}, 120_000);
