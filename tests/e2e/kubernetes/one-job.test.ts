import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

const file = `
from danube import step
print(step.run("cat good.py; echo to stderr >&2", name="look", check=True).exit_code)
`;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({ look: { file } });
});
afterAll(() => served.stop());

/** How often the server has asked for what, by verb, resource and status. */
async function counted(): Promise<Map<string, number>> {
  const metrics = await (await served.server.request('GET', '/metrics')).text();
  const lines = metrics.matchAll(/^danube_k8s_api_calls_total\{operation="(.+)",status="(.+)"\} (\d+)$/gm);
  return new Map([...lines].map(([, operation, status, count]) => [`${operation} ${status}`, Number(count)]));
}

test('a job of one step has its log, costs a handful of calls, and leaves nothing in the cluster', async () => {
  const cluster = await served.cluster();
  await served.expectServing();
  // a job has ended a moment before its pod is removed
  const removed = async () => (await counted()).get('delete networkpolicies 200') ?? 0;
  await expect.poll(removed, { timeout: 30_000 }).toBe(1);
  const before = await counted();
  const job = await served.run('look');
  expect(job).toMatchObject({ status: 'success', steps: [{ name: 'look', status: 'success', exit_code: 0 }] });
  expect((await served.output(job.id, 'look')).toString()).toBe('from danube import step\nstep.run("echo fine")\n');
  expect((await served.output(job.id, 'look', 'stderr')).toString()).toBe('to stderr\n');
  expect((await served.output(job.id, 'coordinator')).toString()).toBe('0\n');
  await expect.poll(() => cluster.pod(job.id), { timeout: 30_000 }).toBeUndefined();
  await expect.poll(() => cluster.policies(), { timeout: 10_000 }).not.toContain(job.id);
  await expect.poll(removed, { timeout: 10_000 }).toBe(2);

  const after = await counted();
  const calls = [...after].flatMap(([call, count]) => {
    const times = count - (before.get(call) ?? 0);
    return times > 0 && !call.startsWith('watch ') ? [[call, times] as const] : [];
  });
  console.log(`calls for a job of one step: ${calls.map(([call, times]) => `${times} × ${call}`).join(', ')}`);
  expect(Object.fromEntries(calls)).toEqual({
    'create networkpolicies 201': 1,
    'create pods 201': 1,
    // what the checkout needs, the stream of all output, the step
    'create pods/exec 101': 3,
    'delete pods 200': 1,
    'delete networkpolicies 200': 1,
  });
});
