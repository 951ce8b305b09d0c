import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pipelineDocument } from '../support/config-documents.js';
import type { Row } from './measure.js';
import { answerTime, metOutage, percentile, senderDelay, type Outage } from './webhook-load/answer-times.js';
import { processorTime } from './webhook-load/processor-time.js';
import { sendPushes, type SentPush } from './webhook-load/send-pushes.js';
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
    const { server } = world;
    const usedBefore = processorTime(server.pid);
    const killed = delay((seconds * 1000) / 2).then(() => killAndStart(world));
    const sent = await sendPushes(`http://${server.address}/webhooks/github`, pushes, perSecond);
    const { outage, used } = await killed;
    const lastAnswer = performance.now();
    await worked(world);
    const workedAfterSeconds = (performance.now() - lastAnswer) / 1000;
    checkStored(world, sent);

    const times = sent.filter((push) => !metOutage(push, outage)).map(answerTime);
    const again = sent.filter(({ attempts }) => attempts > 1).length;
    const name = `webhooks, ${perSecond}/s for ${seconds} s, kill -9 in the middle`;
    const against = (share: number) => ({
      unit: 'ms',
      value: percentile(times, share),
      floor: percentile(floor.map(answerTime), share),
      floorIs: 'node:http that answers 200, same load',
    });
    const late = { unit: 'ms', value: percentile(sent.map(senderDelay), 0.99) };
    const lateFloor = { floor: percentile(floor.map(senderDelay), 0.99), floorIs: 'the same, sending to node:http' };
    return [
      { ...against(0.5), name: `${name}: p50` },
      { ...against(0.99), name: `${name}: p99`, aim: '50 ms' },
      { ...late, ...lateFloor, name: 'of which the sender was late: p99' },
      { name: 'p99 with those that met the restart', value: percentile(sent.map(answerTime), 0.99), unit: 'ms' },
      { name: 'the restart', value: (outage.to - outage.from) / 1000, unit: 's' },
      { name: `stored exactly once, of ${sent.length} (${again} sent again)`, value: sent.length, unit: 'deliveries' },
      { name: 'all of them worked on, after the last answer', value: workedAfterSeconds, unit: 's' },
      {
        name: 'processor time of the server for each, taken in and worked on',
        value: (used - usedBefore + processorTime(server.pid)) / sent.length,
        unit: 'ms',
      },
    ];
  } finally {
    await world.dispose();
  }
}

/** Answers when the server was down, and the processor time of the first life less what the second one took to start. */
async function killAndStart({ server }: World): Promise<{ readonly outage: Outage; readonly used: number }> {
  const usedByFirst = processorTime(server.pid);
  const from = performance.now();
  await server.kill('SIGKILL');
  await server.start();
  return { outage: { from, to: performance.now() }, used: usedByFirst - processorTime(server.pid) };
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

async function measureFloor(pushes: ReturnType<typeof signedPushes>): Promise<readonly SentPush[]> {
  const child = spawn(process.execPath, ['-e', bareServer], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = (await once(child.stdout, 'data')) as [Buffer];
    return await sendPushes(`http://127.0.0.1:${Number(port)}/`, pushes, perSecond);
  } finally {
    child.kill();
  }
}
