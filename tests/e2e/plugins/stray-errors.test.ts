import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeProcess } from '@danube/test-support/danube-process.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { notifierCode, PluginFolder } from '@danube/test-support/plugin-fixtures.js';
import { runDanube } from '@danube/test-support/run-danube.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Everything that nobody waits for, after the plugin has been started well. */
const strayErrors = `async start() {
  setTimeout(() => { throw new Error('in a timer'); }, 10);
  setTimeout(() => void Promise.reject(new Error('in a promise')), 20);
  setTimeout(async () => { await null; throw new Error('in a callback'); }, 30);
  setTimeout(() => queueMicrotask(() => { throw new Error('in a microtask'); }), 40);
  setTimeout(() => { import('node:net').then(({ connect }) => connect({ path: '/nowhere' })); }, 50);
},`;
const strayMessages = ['in a timer', 'in a promise', 'in a callback', 'in a microtask', 'connect ENOENT /nowhere'];

let folder: string;
let server: DanubeProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'danube-stray-'));
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  new PluginFolder(dataDir).write({ name: 'stray', code: notifierCode('stray', { members: strayErrors }) });
  const config = new GitRepository(join(folder, 'config'));
  config.commit({ 'config.json': JSON.stringify({ plugins: [{ package: 'stray' }], notifiers: [{ type: 'stray' }] }) });
  server = await DanubeProcess.create(dataDir, config.url);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('errors that a plugin lets stray do not end the server, and show the plugin as degraded', async () => {
  const log = async () => readFile(join(folder, 'server.log'), 'utf8');
  for (const message of strayMessages) await expect.poll(log, { timeout: 20_000 }).toContain(message);

  const ready = await server.json<{ status: string; checks: readonly unknown[] }>('GET', '/health/ready');
  expect(ready.status).toBe('degraded');
  const metrics = await (await server.request('GET', '/metrics')).text();
  // node versions differ in which of them are known to come from `start`
  const counted = metrics.matchAll(/^danube_plugin_calls_total\{plugin="stray",.*status="crashed"\} (\d+)$/gm);
  expect([...counted].reduce((sum, [, count]) => sum + Number(count), 0)).toBe(strayMessages.length);

  const env = { DANUBE_SERVER: `http://${server.address}`, DANUBE_TOKEN: server.token };
  const listed = await runDanube(['plugins', 'list'], { env });
  expect(listed.stdout).toMatch(/^stray +1\.2\.3 +data directory +degraded +stray$/m);
  expect(listed.stdout).toMatch(/^stray: its code crashed at /m);
  expect(await server.kill('SIGTERM')).toBe(0);
  expect(await log()).not.toContain('nobody caught');
});
