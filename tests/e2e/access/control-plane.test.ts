import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ConnectionDocument } from '@danube/core/adapters/step-supervisor/connection-document.js';
import { postJson } from '@danube/test-support/post-json.js';
import { ServedProject } from '@danube/test-support/served-project.js';

/** Only the coordinator can read what it reaches the control plane with. */
const wait = `
import os, subprocess
from danube import step
with open(os.environ["DANUBE_CONNECTION_FILE"]) as connection:
    subprocess.run(["python3", "signals.py", "tell", os.environ["JOB"]], stdin=connection, check=True)
step.run('python3 signals.py wait "$JOB"', name="wait", check=True)
`;

let served: ServedProject;
let mine: string;
let other: string;
let connections: Map<string, ConnectionDocument>;

beforeAll(async () => {
  served = await ServedProject.start({ mine: { file: wait }, other: { file: wait }, short: { file: 'pass\n' } });
});
beforeEach(async () => {
  const begin = async (JOB: 'mine' | 'other') => {
    const id = await served.trigger(JOB, { JOB });
    return [id, JSON.parse(await served.signals.hears(JOB)) as ConnectionDocument] as const;
  };
  const begun = await Promise.all([begin('mine'), begin('other')]);
  [[mine], [other]] = begun;
  connections = new Map(begun);
});
afterAll(() => served.stop());

async function call(method: string, token: string | undefined, body: object): Promise<[number, string]> {
  const { rpc_url, ca } = connections.get(mine) as ConnectionDocument;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const { status, text } = await postJson(`${rpc_url}/rpc/${method}`, body, { headers, ca: ca ?? undefined });
  return [status, (JSON.parse(text) as { error?: { code: string } }).error?.code ?? ''];
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

  served.signals.release('mine');
  served.signals.release('other');
  for (const id of [mine, other]) {
    const job = await served.server.ended(id);
    expect(job).toMatchObject({ status: 'success', steps: [{ name: 'wait' }] });
    expect(await served.server.log(id)).not.toContain('stolen');
  }
  expect(await call('run-step', tokenOf(mine), runStep)).toEqual([401, 'token_invalid']);
  await served.expectServing();
});
