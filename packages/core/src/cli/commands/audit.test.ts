import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { startLocalHttpServer, type LocalHttpServer } from '@danube/test-support/local-http-server.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

const entry = {
  sequence: 7,
  at: '2026-01-06T12:00:00.000Z',
  action: 'secret.read',
  outcome: 'given',
  actor: 'pipeline web',
  secret: 'TOKEN',
  job_id: 'job-1',
  hash: 'ab',
};
let answers: Record<string, unknown>;
let server: LocalHttpServer;

beforeEach(async () => {
  answers = {};
  server = await startLocalHttpServer(
    (request, response) => void response.end(JSON.stringify(answers[request.url ?? ''])),
  );
});
afterEach(() => server.close());

async function run(...args: readonly string[]) {
  const terminal = fakeTerminal({ env: { DANUBE_SERVER: server.url, DANUBE_TOKEN: 't' } });
  const exitCode = await runCli(['audit', ...args], terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test('list shows who asked for what, and as JSON all of it', async () => {
  answers['/api/v1/audit?limit=20'] = { items: [entry] };
  expect((await run('list')).stdout).toMatch(
    /ENTRY +WHEN +WHO +ACTION +SECRET +OUTCOME +JOB\n +7 .* pipeline web +secret\.read +TOKEN +given +job-1\n/,
  );
  expect(JSON.parse((await run('list', '--json')).stdout)).toEqual({ items: [entry] });
  answers['/api/v1/audit?limit=20'] = { items: [] };
  expect(await run('list')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('nothing has been recorded') as string,
  });
});

test('verify ends with 1 and names the first broken entry', async () => {
  answers['/api/v1/audit/verify'] = { intact: 12 };
  expect(await run('verify')).toEqual({ exitCode: 0, stdout: 'all 12 entries are as they were written\n', stderr: '' });
  const broken = { intact: 6, broken: { sequence: 7, reason: 'it was changed' } };
  answers['/api/v1/audit/verify'] = broken;
  expect(await run('verify')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'error: entry 7 is broken: it was changed\n',
  });
  const json = await run('verify', '--json');
  expect([json.exitCode, JSON.parse(json.stdout)]).toEqual([1, broken]);
});
