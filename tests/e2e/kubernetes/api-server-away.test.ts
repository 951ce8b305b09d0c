import { setTimeout as delay } from 'node:timers/promises';
import { isRealCluster } from '@danube/test-support/test-cluster.js';
import type { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import { ServedProject } from '@danube/test-support/served-project.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** How long, in seconds: a minute is what the runtime is made for, and a few seconds show the same. */
const seconds = Number(process.env['DANUBE_TEST_API_AWAY'] ?? 6);

const file = `
from danube import step
step.run('echo up; python3 signals.py tell "$JOB" up; i=0; while [ $i -lt ${(seconds + 3) * 10} ]; do '
         'i=$((i + 1)); echo "line $i"; sleep 0.1; done', name="counts", check=True)
step.run("echo after", name="after", check=True)
`;
const counted = Array.from({ length: (seconds + 3) * 10 }, (_, n) => `line ${n + 1}\n`).join('');

describe.skipIf(isRealCluster)('while the API server is away', () => {
  let served: ServedProject;
  let standIn: StandInCluster;
  beforeAll(async () => {
    served = await ServedProject.start({ counting: { file } });
    if (served.runtime.cluster?.standIn === undefined) throw new Error('there is no stand-in');
    ({ standIn } = served.runtime.cluster);
  });
  afterAll(() => served.stop());

  const readiness = async () => {
    const response = await served.server.request('GET', '/health/ready');
    return ((await response.json()) as { status: string }).status;
  };

  async function expectWhole(id: string): Promise<void> {
    const job = await served.server.ended(id);
    expect(job).toMatchObject({ status: 'success', steps: [{ name: 'counts' }, { name: 'after' }] });
    expect((await served.output(id, 'counts')).toString()).toBe(`up\n${counted}`);
    expect((await served.output(id, 'after')).toString()).toBe('after\n');
  }

  test(`for ${seconds} s in the middle of a step: no line is lost, and the job goes on`, async () => {
    const id = await served.trigger('counting', { JOB: 'middle' });
    await served.signals.hears('middle');
    const comeBack = standIn.faults.goAway();
    await delay(seconds * 1000);
    expect((await served.server.request('GET', '/health')).status).toBe(200);
    expect(await readiness()).not.toBe('ok');
    comeBack();
    await expectWhole(id);
    await expect.poll(readiness, { timeout: 30_000 }).toBe('ok');
  }, 180_000);

  test('a master starts, takes up its jobs and new ones, and goes on with both when it is back', async () => {
    const first = await served.trigger('counting', { JOB: 'first' });
    await served.signals.hears('first');
    const comeBack = standIn.faults.goAway();
    await served.server.kill();
    await served.server.start();
    const second = await served.trigger('good', { AT: 'away' });
    await delay(2000);
    expect((await served.server.job(first)).status).toBe('running');
    expect(['pending', 'scheduling']).toContain((await served.server.job(second)).status);
    comeBack();
    await expectWhole(first);
    expect((await served.server.ended(second)).status).toBe('success');
  }, 180_000);
});
