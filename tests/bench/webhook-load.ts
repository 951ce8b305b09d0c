import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pipelineDocument } from '../support/config-documents.js';
import type { Row } from './measure.js';
import { percentile, sendPushes, type SentPush } from './webhook-load/send-pushes.js';
import { repositoryUrl, signedPushes } from './webhook-load/signed-pushes.js';
import { createWorld, type World } from './world.js';

const perSecond = 500;
const secret = 'the-secret-of-the-hook';

/**
 * GitHub's webhooks at a steady rate, whatever the answers do, and a `kill -9` in the middle. What was not answered is sent
 * again until it is. `DANUBE_BENCH_SHORT` takes 6 seconds instead of 30.
 */
export async function webhookLoad(): Promise<Row[]> {
  const seconds = process.env['DANUBE_BENCH_SHORT'] === undefined ? 30 : 6;
  const pushes = signedPushes(perSecond * seconds, secret);
  const floor = await measureFloor(signedPushes(perSecond * Math.min(seconds, 10), secret));
  const world = await createWorld({ danubefile: '', pipelines: [] });
  try {
    await prepare(world);
    const url = `http://${world.server.address}/webhooks/github`;
    let serving = true;
    const killInTheMiddle = delay((seconds * 1000) / 2).then(async () => {
      serving = false;
      await world.server.kill('SIGKILL');
      await world.server.start();
      serving = true;
    });
    const sent = await sendPushes(url, pushes, perSecond, () => serving);
    await killInTheMiddle;
    const lastAnswer = performance.now();
    await worked(world);
    const workedAfterSeconds = (performance.now() - lastAnswer) / 1000;
    checkStored(world, sent);
    const times = sent.filter(({ metOutage }) => !metOutage).map(({ ms }) => ms);
    const again = sent.filter(({ attempts }) => attempts > 1).length;
    const name = `webhooks, ${perSecond}/s for ${seconds} s, kill -9 in the middle`;
    const floorIs = 'node:http that answers 200, same load';
    const shared = { unit: 'ms', floorIs };
    return [
      { ...shared, name: `${name}: p50`, value: percentile(times, 0.5), floor: percentile(floor, 0.5) },
      { ...shared, name: `${name}: p99`, value: percentile(times, 0.99), floor: percentile(floor, 0.99), aim: '50 ms' },
      { name: `stored exactly once, of ${sent.length} (${again} sent again)`, value: sent.length, unit: 'deliveries' },
      { name: 'all of them worked on, after the last answer', value: workedAfterSeconds, unit: 's' },
    ];
  } finally {
    await world.dispose();
  }
}

async function prepare({ server, config }: World): Promise<void> {
  await server.start();
  await server.json('PUT', '/api/v1/secrets/hook', { value: secret });
  config.commit({
    'config.yaml': JSON.stringify({
      plugins: [{ package: '@danube/plugin-github' }],
      forges: [{ type: 'github', webhook_secret: 'hook' }],
    }),
    'pipelines.json.yaml': pipelineDocument('hello', repositoryUrl, {
      triggers: [{ type: 'push', branches: ['main'] }],
    }),
  });
  const { status } = await server.json<{ status: string }>('POST', '/api/v1/config/sync');
  if (status !== 'applied') throw new Error(`the configuration was not applied: ${status}`);
}

async function worked({ server }: World): Promise<void> {
  for (;;) {
    const { items } = await server.json<{ items: unknown[] }>('GET', '/api/v1/deliveries?status=received&limit=1');
    if (items.length === 0) return;
    await delay(100);
  }
}

/** Every push is there, once, and was understood. */
function checkStored({ folder }: World, sent: readonly SentPush[]): void {
  const script = `
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT forge_delivery_id FROM deliveries WHERE event = 'push'")
print("\\n".join(row[0] for row in rows))`;
  const output = execFileSync('python3', ['-c', script, join(folder, 'data', 'danube.db')], { maxBuffer: 2 ** 26 });
  const stored = output.toString().trim().split('\n').sort();
  const wanted = sent.map(({ id }) => id).sort();
  if (stored.length !== wanted.length || stored.some((id, index) => id !== wanted[index])) {
    throw new Error(`${wanted.length} pushes were answered, ${stored.length} are stored and worked on`);
  }
}

const bareServer = `
const server = require('node:http').createServer((request, response) => {
  request.on('data', () => {}).on('end', () => response.end('{}'));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

async function measureFloor(pushes: ReturnType<typeof signedPushes>): Promise<readonly number[]> {
  const child = spawn(process.execPath, ['-e', bareServer], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = (await once(child.stdout, 'data')) as [Buffer];
    const sent = await sendPushes(`http://127.0.0.1:${Number(port)}/`, pushes, perSecond, () => true);
    return sent.map(({ ms }) => ms);
  } finally {
    child.kill();
  }
}
