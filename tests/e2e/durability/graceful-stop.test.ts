import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

/** It tells when it runs, so that a second run is heard. */
const patient = `
from danube import step
tell = "python3 signals.py tell marks"
step.run(f"echo began; {tell} began; python3 signals.py wait go; echo ended; {tell} ended", name="long", check=True)
step.run(f"{tell} next", name="next", check=True)
`;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({ patient: { file: patient } });
});
afterAll(() => served.stop());

test('SIGTERM ends the server with code 0, the step goes on, and the next server finishes the job', async () => {
  const id = await served.trigger('patient');
  await served.logHas(id, 'began');
  await served.signals.hears('marks');
  const { pid } = served.server;

  expect(await served.server.kill('SIGTERM')).toBe(0);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');

  served.signals.release('go');
  await served.server.start();
  const job = await served.server.ended(id);
  expect(job).toMatchObject({ status: 'success', steps: [{ name: 'long' }, { name: 'next' }] });
  expect((await served.output(id, 'long')).toString()).toBe('began\nended\n');
  expect(served.signals.told('marks')).toEqual(['began', 'ended', 'next']);
  await served.expectServing();
});

test('SIGTERM and SIGINT end it with code 0 when nothing runs as well', async () => {
  expect(await served.server.kill('SIGTERM')).toBe(0);
  await served.server.start();
  expect(await served.server.kill('SIGINT')).toBe(0);
  await served.server.start();
  await served.expectServing();
});
