import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ConnectionDocument } from '@danube/core/adapters/step-supervisor/connection-document.js';
import { flood } from '@danube/test-support/flood.js';
import { ServedProject } from '@danube/test-support/served-project.js';

/** Only the coordinator can read what it reaches the control plane with. */
const wait = `
import os, subprocess
from danube import step
with open(os.environ["DANUBE_CONNECTION_FILE"]) as connection:
    subprocess.run(["python3", "signals.py", "tell", os.environ["JOB"]], stdin=connection, check=True)
step.run('python3 signals.py wait "$JOB"', name="wait", check=True)
`;
const gigabyte = 1024 ** 3;
/** What the kernel's buffers may hold on the way, beside what the server reads before it refuses. */
const far = 64 * 1024 ** 2;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({ wait: { file: wait } });
});
afterEach(() => served.expectServing());
afterAll(() => served.stop());

const codeOf = (body: string) => /"code":"(\w+)"/.exec(body)?.[1];

test.each(['content-length', 'chunked'] as const)('1 GB to the REST API (%s) is refused early', async (framing) => {
  const { address, token } = served.server;
  const outcome = await flood({ address, token, path: '/api/v1/pipelines/good/trigger', bytes: gigabyte, framing });
  expect(outcome.status).toBe(413);
  expect(codeOf(outcome.body)).toBe('body_too_large');
  expect(outcome.body).toContain('1048576');
  expect(outcome.sent).toBeLessThan(far);
});

test('1 GB without a token is refused before it is read', async () => {
  const { address } = served.server;
  const path = '/api/v1/pipelines/good/trigger';
  const outcome = await flood({ address, token: 'guessed', path, bytes: gigabyte, framing: 'chunked' });
  expect(outcome.status).toBe(401);
  expect(outcome.sent).toBeLessThan(far);
});

test.each(['content-length', 'chunked'] as const)(
  '1 GB to the control plane (%s) is refused early',
  async (framing) => {
    const id = await served.trigger('wait', { JOB: framing });
    const { rpc_url, token, ca } = JSON.parse(await served.signals.hears(framing)) as ConnectionDocument;
    const outcome = await flood({
      address: new URL(rpc_url).host,
      token,
      path: '/rpc/run-step',
      bytes: gigabyte,
      framing,
      ca: ca ?? undefined,
    });
    expect(outcome.status).toBe(413);
    expect(codeOf(outcome.body)).toBe('request_too_large');
    expect(outcome.sent).toBeLessThan(far);
    served.signals.release(framing);
    expect((await served.server.ended(id)).status).toBe('success');
  },
);

async function post(body: string | Uint8Array<ArrayBuffer>, type = 'application/json') {
  const response = await fetch(`http://${served.server.address}/api/v1/pipelines/good/trigger`, {
    method: 'POST',
    headers: { authorization: `Bearer ${served.server.token}`, 'content-type': type },
    body,
  });
  const text = await response.text();
  expect(text).not.toMatch(/node_modules|\.js:\d/);
  return [response.status, codeOf(text)];
}

test('JSON that is nested deeply, cut off, no UTF-8, of another type or no object is refused and names why', async () => {
  const deep = 400_000;
  expect(await post(`${'['.repeat(deep)}${']'.repeat(deep)}`)).toEqual([400, 'request_invalid']);
  expect(await post(`{"env":${'{"a":'.repeat(deep / 4)}1${'}'.repeat(deep / 4)}}`)).toEqual([400, 'request_invalid']);
  expect(await post('{"env":')).toEqual([400, 'body_not_json']);
  expect(await post(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))).toEqual([400, 'body_not_json']);
  expect(await post('"text"')).toEqual([400, 'request_invalid']);
  expect(await post('a=b', 'application/x-www-form-urlencoded')).toEqual([415, 'media_type_unsupported']);
  expect(await post('{"env":{"DANUBE_JOB_ID":"x"}}')).toEqual([400, 'environment_invalid']);
  expect(await post('{"__proto__":{"a":1}}')).toEqual([400, 'request_invalid']);
});
