import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { startLocalHttpServer, type LocalHttpServer } from '@danube/test-support/local-http-server.js';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

const hour = 3_600_000;
let answer: object;
let asked: { readonly path: string | undefined; readonly body: unknown }[];
let server: LocalHttpServer;

beforeEach(async () => {
  asked = [];
  server = await startLocalHttpServer((request, response) => {
    void text(request).then((body) => {
      asked.push({ path: request.url, body: JSON.parse(body) });
      response.end(JSON.stringify(answer));
    });
  });
});
afterEach(() => server.close());

async function run(...args: readonly string[]) {
  const terminal = fakeTerminal({ env: { DANUBE_SERVER: server.url, DANUBE_TOKEN: 't' } });
  const exitCode = await runCli(['reaper', ...args], terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test('a dry run is a table with what would go, how old it is and how large', async () => {
  const oldest = new Date(Date.now() - 1000 * hour).toISOString();
  const parts = [
    { kind: 'logs', count: 12, bytes: 2048, oldest },
    { kind: 'cache', count: 0, bytes: 0 },
  ];
  answer = { dry_run: true, bytes: 2048, parts };
  expect(await run('--dry-run')).toEqual({
    exitCode: 0,
    stdout:
      'KIND   COUNT  OLDEST      SIZE\n' +
      'logs      12  41d ago  2.0 KiB\n' +
      'cache      0               0 B\n' +
      'total     12           2.0 KiB\n',
    stderr: 'nothing was removed: this is what a run would remove now\n',
  });
  expect(JSON.parse((await run('run', '--dry-run', '--json')).stdout)).toEqual(answer);
  const request = { path: '/api/v1/reaper', body: { dry_run: true } };
  expect(asked).toEqual([request, request]);
});

test('a run removes, and ends with 1 where a kind could not be gone through', async () => {
  answer = { dry_run: false, bytes: 0, parts: [{ kind: 'logs', count: 0, bytes: 0 }] };
  expect(await run('run')).toMatchObject({ exitCode: 0, stderr: '' });
  answer = { dry_run: false, bytes: 0, parts: [{ kind: 'logs', count: 0, bytes: 0, failure: 'the cluster is away' }] };
  expect(await run()).toMatchObject({ exitCode: 1, stderr: 'error: logs: the cluster is away\n' });
  expect(asked.map(({ body }) => body)).toEqual([{ dry_run: false }, { dry_run: false }]);
});

test('a check ends with 1 while something is left to repair', async () => {
  answer = { found: 0, repaired: 0, problems: [] };
  expect(await run('check')).toEqual({ exitCode: 0, stdout: 'files and rows agree\n', stderr: '' });
  const problem = { kind: 'log_missing', subject: 'the log of job j1' };
  answer = { found: 1, repaired: 0, problems: [{ ...problem, repaired: false }] };
  expect(await run('check')).toEqual({
    exitCode: 1,
    stdout: 'PROBLEM      REPAIRED  WHAT\nlog missing  no        the log of job j1\n',
    stderr: '1 problem; 0 repaired\n',
  });
  answer = { found: 1200, repaired: 1200, problems: [{ ...problem, repaired: true }] };
  expect(await run('check', '--repair')).toMatchObject({
    exitCode: 0,
    stderr: '1200 problems, the first 1 of them above; 1200 repaired\n',
  });
  expect(JSON.parse((await run('check', '--json')).stdout)).toEqual(answer);
  expect(asked.map(({ body }) => body)).toEqual([false, false, true, false].map((repair) => ({ repair })));
});

test.each([['--dryrun'], ['chek'], ['check', '--dry-run']])('%s %s is wrong use', async (...args) => {
  expect((await run(...args)).exitCode).toBe(2);
  expect(asked).toEqual([]);
});
