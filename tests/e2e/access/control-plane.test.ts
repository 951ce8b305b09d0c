import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ServedProject } from '@danube/test-support/served-project.js';

const wait = `
from danube import step
step.run('echo up; until [ -e "$GO" ]; do sleep 0.05; done', name="wait")
`;

interface Connection {
  readonly rpc_url: string;
  readonly token: string;
}

let served: ServedProject;
let mine: string;
let other: string;
let connections: Map<string, Connection>;

beforeAll(async () => {
  served = await ServedProject.start({ mine: { file: wait }, other: { file: wait }, short: { file: 'pass\n' } });
});
beforeEach(async () => {
  const env = { GO: join(served.folder, 'go') };
  [mine, other] = await Promise.all([served.trigger('mine', env), served.trigger('other', env)]);
  await Promise.all([served.logHas(mine, 'up'), served.logHas(other, 'up')]);
  connections = new Map([mine, other].map((id) => [id, connectionOf(id)]));
});
afterAll(() => served.stop());

function connectionOf(id: string): Connection {
  return JSON.parse(readFileSync(join(served.dataDir, 'jobs', id, 'connection.json'), 'utf8')) as Connection;
}

async function call(method: string, token: string | undefined, body: object): Promise<[number, string]> {
  const response = await fetch(`${connections.get(mine)?.rpc_url}/rpc/${method}`, {
    method: 'POST',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { error?: { code: string } };
  return [response.status, answer.error?.code ?? ''];
}

const tokenOf = (id: string) => connections.get(id)?.token ?? '';

test('a job can be reached with its own token only, while it runs only, and never over the REST API', async () => {
  const runStep = { job_id: mine, sequence: 2, step_name: 'stolen', command: 'echo stolen', follow: true };
  const report = { job_id: mine, status: 'failed', message: 'stolen' };
  for (const [method, body] of [
    ['run-step', runStep],
    ['report-status', report],
  ] as const) {
    expect(await call(method, undefined, body)).toEqual([401, 'token_missing']);
    expect(await call(method, 'guessed', body)).toEqual([401, 'token_invalid']);
    expect(await call(method, served.server.token, body)).toEqual([401, 'token_invalid']);
    expect(await call(method, tokenOf(other), body)).toEqual([403, 'job_mismatch']);
    expect(await call(method, tokenOf(mine), { ...body, job_id: '' })).toEqual([400, 'request_invalid']);
  }
  const rest = await fetch(`http://${served.server.address}/api/v1/jobs`, {
    headers: { authorization: `Bearer ${tokenOf(mine)}` },
  });
  expect(rest.status).toBe(401);

  writeFileSync(join(served.folder, 'go'), '');
  for (const id of [mine, other]) {
    const job = await served.server.ended(id);
    expect(job).toMatchObject({ status: 'success', steps: [{ name: 'wait' }] });
    expect(await served.server.log(id)).not.toContain('stolen');
  }
  expect(await call('run-step', tokenOf(mine), runStep)).toEqual([401, 'token_invalid']);
  await served.expectServing();
});
