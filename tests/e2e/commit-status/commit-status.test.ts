import { ForgeStatusServer } from '@danube/test-support/forge-status-server.js';
import { runDanube } from '@danube/test-support/run-danube.js';
import { ServedProject } from '@danube/test-support/served-project.js';
import { installTestForge } from '@danube/test-support/test-forge.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

interface Shown {
  readonly commit_status?: { readonly reported?: string; readonly settled: boolean; readonly error?: string };
}

let forge: ForgeStatusServer;
let served: ServedProject;

beforeAll(async () => {
  forge = await ForgeStatusServer.start();
  const file = 'from danube import step\nstep.run("exit 3", name="test")\n';
  served = await ServedProject.start({ broken: { file } }, { prepare: installTestForge });
  const entry = { type: 'test', name: 'hub', status_url: forge.url };
  await served.configure({ plugins: [{ package: 'danube-plugin-test-forge' }], forges: [entry] });
});
beforeEach(() => {
  forge.fail(undefined);
  forge.accepted.length = 0;
});
afterAll(async () => {
  await served.stop();
  await forge.close();
});

const shown = async (id: string) => (await served.server.json<Shown>('GET', `/api/v1/jobs/${id}`)).commit_status;

test('a forge is told about a job from the first moment to the end', async () => {
  const id = await served.trigger('broken', { AT: '1' });
  await forge.took('failure');
  // on a slow machine the job may run already when the forge is told about it first
  expect(['pending', 'running']).toContain(forge.accepted[0]?.state);
  expect(forge.accepted.at(-1)).toMatchObject({
    path: expect.stringMatching(/^\/statuses\/[0-9a-f]{40}$/) as string,
    state: 'failure',
    context: 'danube/broken',
    description: expect.stringMatching(/^#1 failed: step "test" .*3/) as string,
  });
  await expect.poll(() => shown(id)).toEqual({ forge: 'hub', reported: 'failure', settled: true });
  const env = { DANUBE_SERVER: `http://${served.server.address}`, DANUBE_TOKEN: served.server.token };
  expect((await runDanube(['jobs', 'show', id], { env })).stdout).toMatch(/^Forge +hub was told "failure"$/m);
});

test('a master that is killed before it could report the end reports it in its next life', async () => {
  const held = forge.hold();
  const ended = served.run('good', { AT: '2' });
  await held.arrived;
  const { id, status } = await ended;
  expect([status, forge.accepted]).toEqual(['success', []]);
  await served.server.kill('SIGKILL');
  forge.fail(undefined);
  await served.server.start();
  await forge.took('success');
  expect(forge.accepted).toMatchObject([{ state: 'success', context: 'danube/good' }]);
  await expect.poll(() => shown(id)).toEqual({ forge: 'hub', reported: 'success', settled: true });
});

test('a forge that was down while a job ran knows its end when it is back', async () => {
  forge.fail('answer500');
  const { id } = await served.run('good', { AT: '3' });
  const failed = { settled: false, error: expect.stringContaining('the test forge') as string };
  await expect.poll(() => shown(id)).toMatchObject(failed);
  forge.fail(undefined);
  await forge.took('success');
  expect(forge.accepted.map(({ state }) => state)).toEqual(['success']);
});
