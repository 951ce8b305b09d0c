import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

/** Leaves a process behind that is not to be ended by asking: the job has succeeded, and is not settled while it goes on. */
const danubefile = `
from danube import artifacts, step

artifacts.upload("attested.py", name="file")
step.run("(trap '' TERM; python3 signals.py tell lingering yes; python3 signals.py wait enough) > /dev/null 2>&1 &", check=True)
step.run("python3 signals.py wait started", check=True)
`;

let served: ServedProject;
beforeEach(async () => {
  // a sandbox would end what is left behind
  served = await ServedProject.start({ attested: { file: danubefile } }, { isolation: 'none' });
});
afterEach(() => served.stop());

const ask = (id: string) => served.server.request('GET', `/api/v1/jobs/${id}/provenance`);

test('the master is killed between the end of a job and its provenance: the next one writes it, once', async () => {
  const { server, signals } = served;
  const id = await served.trigger('attested');
  await signals.hears('lingering');
  signals.release('started');
  await expect.poll(async () => (await server.job(id)).status, { timeout: 30_000 }).toBe('success');
  // asked for nothing in between, so that a slow machine still comes before the end of the grace period
  await server.kill();
  signals.release('enough');
  await server.start();
  await expect.poll(async () => (await ask(id)).status, { timeout: 30_000 }).toBe(200);
  const written = await (await ask(id)).text();

  await server.kill();
  await server.start();
  expect(await (await ask(id)).text()).toBe(written);
});
