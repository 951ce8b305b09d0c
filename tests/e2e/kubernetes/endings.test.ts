import { objectName } from '@danube/core/adapters/runtime-kubernetes/pod-layout.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

const failing = `
import sys
print("last words")
sys.exit(7)
`;
/** Takes a moment for its farewell, as a step does that puts something away. */
const polite = `
from danube import step
step.run("trap 'echo going; sleep 1; echo gone; exit 1' TERM; echo up; python3 signals.py wait never & wait",
         name="polite", check=True)
`;
/** Where nothing limits memory, the test kills it. */
const hungry = `
from danube import step
result = step.run("echo up; python3 signals.py wait eat; python3 -c 'x = bytearray(10**9); print(len(x))'",
                  name="hungry", check=False)
print("ok is", result.ok)
step.run("echo next", name="next", check=True)
`;
const kubernetes = { resources: { memory: { request: '64Mi', limit: '128Mi' } } };

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({
    failing: { file: failing },
    polite: { file: polite },
    slow: { file: polite, spec: { timeout: '8s' } },
    hungry: { file: hungry, spec: { kubernetes } },
  });
});
afterAll(() => served.stop());

async function expectNothingLeft(id: string): Promise<void> {
  const cluster = await served.cluster();
  await expect.poll(() => cluster.pod(id), { timeout: 30_000 }).toBeUndefined();
  await expect.poll(() => cluster.policies(), { timeout: 10_000 }).not.toContain(id);
}

test('a pipeline file that exits with a code makes the job red with it', async () => {
  const job = await served.run('failing');
  expect(job).toMatchObject({ status: 'failure', reason: expect.stringContaining('7') as string });
  expect((await served.output(job.id, 'coordinator')).toString()).toBe('last words\n');
  await expectNothingLeft(job.id);
});

test('cancelling asks a step to end, waits for it, and keeps all of its log', async () => {
  const id = await served.trigger('polite');
  await served.logHas(id, 'up');
  await served.server.json('POST', `/api/v1/jobs/${id}/cancel`, {});
  expect(await served.server.ended(id)).toMatchObject({ status: 'cancelled', steps: [{ status: 'cancelled' }] });
  expect((await served.output(id, 'polite')).toString()).toBe('up\ngoing\ngone\n');
  await expectNothingLeft(id);
});

test('a job over its timeout is ended in the same way', async () => {
  const job = await served.run('slow');
  expect(job).toMatchObject({ status: 'timeout', reason: expect.stringContaining('8s') as string });
  expect((await served.output(job.id, 'polite')).toString()).toBe('up\ngoing\ngone\n');
  await expectNothingLeft(job.id);
});

test('a step that runs out of memory fails for that reason, with its output, and the pipeline may go on', async () => {
  const id = await served.trigger('hungry');
  await served.logHas(id, 'up');
  const standIn = served.runtime.cluster?.standIn;
  if (standIn === undefined) served.signals.release('eat');
  else standIn.faults.oomKill({ name: objectName(id) }, 'worker');
  const job = await served.server.ended(id);
  expect(job).toMatchObject({ status: 'success', steps: [{ name: 'hungry', status: 'failure' }, { name: 'next' }] });
  // where only the process is killed, the step has its exit code
  if (standIn !== undefined) expect(job.steps[0]?.reason).toMatch(/"worker" ran out of memory .*128Mi/);
  expect((await served.output(id, 'hungry')).toString()).toBe('up\n');
  expect((await served.output(id, 'coordinator')).toString()).toBe('ok is False\n');
});
