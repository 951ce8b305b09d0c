import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedDeliveries, webhookSecret } from '@danube/test-support/served-deliveries.js';
import { signedHeaders, testPush } from '@danube/test-support/test-forge.js';

const pipeline = { file: 'pass\n', spec: { triggers: [{ type: 'push', branches: ['b*'] }] } };
const kills = 4;
const pushesEach = 12;

let deliveries: ServedDeliveries;
beforeAll(async () => {
  deliveries = await ServedDeliveries.start({ one: pipeline, two: pipeline });
});
afterAll(() => deliveries.served.stop());

/** As a forge whose operator presses "redeliver" for what was not answered. */
async function sendUntilAnswered(ref: string, restarted: () => Promise<void>): Promise<string> {
  const body = deliveries.event({ ref });
  for (;;) {
    try {
      const response = await deliveries.send(body, signedHeaders(body, webhookSecret, `guid ${ref}`));
      if (response.ok) return ((await response.json()) as { id: string }).id;
    } catch {
      // the server is gone
    }
    await restarted();
  }
}

test('what was answered with 200 starts exactly one job for each pipeline, whenever the server is killed', async () => {
  const { server } = deliveries.served;
  const refs: string[] = [];
  const ids: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    let answered = 0;
    let restart: Promise<void> | undefined;
    const kill9 = async () => {
      await server.kill('SIGKILL');
      await server.start();
    };
    const sent = Array.from({ length: pushesEach }, async (_, n) => {
      const ref = `refs/heads/b-${kill}-${n}`;
      refs.push(ref);
      const id = await sendUntilAnswered(ref, () => (restart ??= kill9()));
      answered += 1;
      // each time at another moment of the work
      if (answered === 1 + kill * 3) restart ??= kill9();
      return id;
    });
    ids.push(...(await Promise.all(sent)));
    await restart;
  }

  await deliveries.allWorked();
  const stored = await deliveries.list();
  expect(stored.map(({ forge_delivery_id: id }) => id).sort()).toEqual(refs.map((ref) => `guid ${ref}`).sort());
  expect(new Set(ids)).toEqual(new Set(stored.map(({ id }) => id)));
  for (const name of ['one', 'two']) {
    expect((await deliveries.jobs(name)).map(({ source }) => source.ref).sort()).toEqual(refs.toSorted());
  }
  for (const { id } of stored) {
    const { verdicts } = await deliveries.show(id);
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['skipped', 'triggered', 'triggered']);
  }
}, 180_000);

test('pushes that came while the server was down are asked for when it is back', async () => {
  const { server, project } = deliveries.served;
  await server.kill('SIGKILL');
  const push = testPush({ repository: deliveries.repository, ref: 'refs/heads/b-missed', commit: project.head() });
  deliveries.remember([push]);
  await server.start();
  await expect.poll(async () => (await deliveries.list()).some(({ source }) => source === 'history')).toBe(true);
  await deliveries.allWorked();
  const [missed] = (await deliveries.list()).filter(({ source }) => source === 'history');
  const { verdicts } = await deliveries.show(missed?.id ?? '');
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['skipped', 'triggered', 'triggered']);

  await server.kill('SIGKILL');
  await server.start();
  await deliveries.sendSigned(deliveries.event({ ref: 'refs/heads/b-after' }));
  await deliveries.allWorked();
  expect((await deliveries.list()).filter(({ source }) => source === 'history')).toHaveLength(1);
});
