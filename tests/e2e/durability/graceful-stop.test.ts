import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

/** It says in a file of its own when it has run, so that a second run is seen. */
const patient = `
from danube import step
r = step.run('echo began | tee -a "$MARK"; until [ -e "$GO" ]; do sleep 0.05; done; echo ended | tee -a "$MARK"', name="long")
step.run('echo next | tee -a "$MARK"', name="next")
`;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({ patient: { file: patient } });
});
afterAll(() => served.stop());

test('SIGTERM ends the server with code 0, the step goes on, and the next server finishes the job', async () => {
  const mark = join(served.folder, 'mark');
  const go = join(served.folder, 'go');
  const id = await served.trigger('patient', { MARK: mark, GO: go });
  await served.logHas(id, 'began');
  const { pid } = served.server;

  expect(await served.server.kill('SIGTERM')).toBe(0);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');

  writeFileSync(go, '');
  await served.server.start();
  const job = await served.server.ended(id);
  expect(job).toMatchObject({ status: 'success', steps: [{ name: 'long' }, { name: 'next' }] });
  expect((await served.output(id, 'long')).toString()).toBe('began\nended\n');
  expect(readFileSync(mark, 'utf8')).toBe('began\nended\nnext\n');
  await served.expectServing();
});

test('SIGTERM and SIGINT end it with code 0 when nothing runs as well', async () => {
  expect(await served.server.kill('SIGTERM')).toBe(0);
  await served.server.start();
  expect(await served.server.kill('SIGINT')).toBe(0);
  await served.server.start();
  await served.expectServing();
});
