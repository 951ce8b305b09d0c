import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

const file = `
from danube import step
step.run('python3 signals.py tell "$JOB" first; echo first; python3 signals.py wait "$JOB"; echo last', name="one", check=True)
step.run('python3 signals.py tell "$JOB" second; seq 1 1000', name="two", check=True)
`;
const thousand = Array.from({ length: 1000 }, (_, n) => `${n + 1}\n`).join('');

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({ job: { file } });
});
afterEach(() => served.runtime.cluster?.standIn?.faults.answerAgain());
afterAll(() => served.stop());

/** Each step ran once, all of its output is there once, and nothing of the job is left. */
async function expectWhole(id: string, name: string): Promise<void> {
  expect(await served.server.ended(id)).toMatchObject({ status: 'success', steps: [{ name: 'one' }, { name: 'two' }] });
  expect(served.signals.told(name)).toEqual(['first', 'second']);
  expect((await served.output(id, 'one')).toString()).toBe('first\nlast\n');
  expect((await served.output(id, 'two')).toString()).toBe(thousand);
  const cluster = await served.cluster();
  await expect.poll(() => cluster.pod(id), { timeout: 30_000 }).toBeUndefined();
  await expect.poll(() => cluster.policies(), { timeout: 30_000 }).not.toContain(id);
}

test('while the commit is checked out: the pod goes on with it, and the next master with the pod', async () => {
  served.signals.release('checkout');
  const cluster = await served.cluster();
  let id = '';
  const runs = async (name: string) => {
    const { initContainerStatuses = [], containerStatuses = [] } = (await cluster.pod(id))?.status ?? {};
    return [...initContainerStatuses, ...containerStatuses].some((one) => one.name === name && one.state?.running);
  };
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const downloads = new Promise<void>((arrived) => {
    served.beforeObjects = async () => {
      // the server itself reads from there, too, before there is a pod; that its checkout runs shows later
      if (id === '' || (await cluster.pod(id)) === undefined) return;
      arrived();
      await held;
    };
  });
  id = await served.trigger('job', { JOB: 'checkout' });
  await downloads;
  await served.server.kill();
  letGo();
  // the coordinator asks for its first step while nobody is there
  await expect.poll(() => runs('coordinator'), { timeout: 30_000 }).toBe(true);
  // and again while the next master's token for it is on its way
  served.runtime.cluster?.standIn?.faults.slowExec(1500);
  await served.server.start();
  await served.signals.hears('checkout');
  served.runtime.cluster?.standIn?.faults.slowExec(0);
  await expectWhole(id, 'checkout');
});

test('while a step runs: its output goes on where it was', async () => {
  const id = await served.trigger('job', { JOB: 'step' });
  await served.logHas(id, 'first');
  await served.server.kill();
  served.signals.release('step');
  await served.server.start();
  await expectWhole(id, 'step');
});

test('after the end and before the clean-up: the next master removes what is left', async () => {
  served.signals.release('end');
  served.runtime.cluster?.standIn?.faults.answerWith({ status: 503, filter: { verb: 'delete' } });
  const id = await served.trigger('job', { JOB: 'end' });
  await served.server.ended(id);
  await served.server.kill();
  const cluster = await served.cluster();
  if (served.runtime.cluster?.standIn !== undefined) expect(await cluster.pod(id)).toBeDefined();
  served.runtime.cluster?.standIn?.faults.answerAgain();
  await served.server.start();
  await expectWhole(id, 'end');
});
