import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { readJson, startLocalHttpServer, type LocalHttpServer } from '@danube/test-support/local-http-server.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

const job = {
  id: '0193f2a1-0003-7000-8000-000000000003',
  number: 12,
  pipeline: 'build',
  status: 'success',
  trigger: { type: 'manual', ref: 'refs/heads/main', actor: 'admin' },
  source: { repository: 'file:///r', ref: 'refs/heads/main', branch: 'main', commit: 'abcdef0123456789' },
  created_at: '2026-01-06T12:00:00.000Z',
  started_at: '2026-01-06T12:00:01.000Z',
  finished_at: '2026-01-06T12:00:03.500Z',
};
const steps = [{ sequence: 1, name: 'test', status: 'failure', exit_code: 2, started_at: job.started_at }];

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;
let routes: Record<string, Handler>;
let requests: string[];
let server: LocalHttpServer;
let dataDir: string;

beforeEach(async () => {
  routes = {};
  requests = [];
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'danube-cli-'));
  server = await startLocalHttpServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const route = routes[`${request.method} ${request.url?.split('?')[0]}`];
    void Promise.resolve(route?.(request, response)).then((body) => {
      if (route === undefined) response.writeHead(500).end();
      else if (!response.writableEnded) response.end(JSON.stringify(body));
    });
  });
});
afterEach(async () => {
  await server.close();
  await rm(dataDir, { recursive: true });
});

async function run(args: readonly string[], env: Readonly<Record<string, string>> = { DANUBE_TOKEN: 'secret' }) {
  const terminal = fakeTerminal({ env: { DANUBE_SERVER: server.url, DANUBE_DATA_DIR: dataDir, ...env } });
  const exitCode = await runCli(['jobs', ...args], terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test('list shows a table, passes the filters on, and gives the page with --json', async () => {
  const page = { items: [job], next_cursor: 'more' };
  routes['GET /api/v1/jobs'] = () => page;
  const { exitCode, stdout } = await run(['list', '--pipeline', 'build', '--status', 'success', '--limit', '5']);
  expect(exitCode).toBe(0);
  expect(stdout.split('\n')[1]).toMatch(
    /^build#12 {2}success {2}main {4}abcdef01 {2}manual {3}\d+d ago +2\.5s {2}0193f2a1-/,
  );
  expect(requests).toEqual(['GET /api/v1/jobs?pipeline=build&status=success&limit=5 Bearer secret']);
  expect(JSON.parse((await run(['list', '--json'])).stdout)).toEqual(page);
});

test('show prints the facts and the steps', async () => {
  routes[`GET /api/v1/jobs/${job.id}`] = () => ({ ...job, reason: 'step "test" failed', steps });
  const { stdout } = await run(['show', job.id]);
  expect(stdout).toMatch(/^build#12\nId +0193f2a1/);
  expect(stdout).toMatch(/\nReason +step "test" failed\n/);
  expect(stdout).toMatch(/\nSTEP.*\ntest +failure +2 /);
});

test('show says why a step without an exit code failed', async () => {
  const lost = { ...steps[0], name: 'deploy', status: 'failure', exit_code: undefined, reason: 'its pod was evicted' };
  routes[`GET /api/v1/jobs/${job.id}`] = () => ({ ...job, steps: [...steps, lost] });
  expect((await run(['show', job.id])).stdout).toMatch(/\ndeploy: its pod was evicted\n$/);
});

test.each([
  [{ forge: 'hub', settled: false }, 'hub was told nothing yet'],
  [{ forge: 'hub', reported: 'success', settled: true }, 'hub was told "success"'],
  [
    { forge: 'hub', reported: 'running', settled: false, error: 'down' },
    'hub was told "running"; the last attempt failed: down',
  ],
  [
    { forge: 'hub', reported: 'running', settled: true, error: 'refused' },
    'hub was told "running" and will be told nothing more: refused',
  ],
])('show says what the forge knows: %j', async (status, words) => {
  routes[`GET /api/v1/jobs/${job.id}`] = () => ({ ...job, commit_status: status, steps });
  expect((await run(['show', job.id])).stdout).toMatch(new RegExp(`\\nForge +${words}\\n`));
});

test('logs prints the stored bytes of the lines asked for', async () => {
  routes[`GET /api/v1/jobs/${job.id}/logs`] = (_request, response) => response.end('line 3\nline é\n');
  expect(await run(['logs', job.id, '--lines', '3-4'])).toEqual({
    exitCode: 0,
    stdout: 'line 3\nline é\n',
    stderr: '',
  });
  expect(requests).toEqual([`GET /api/v1/jobs/${job.id}/logs?lines=3-4 Bearer secret`]);
});

test.each([
  ['success', 0],
  ['failure', 1],
])('trigger --follow prints the log and ends with the result: %s', async (status, expected) => {
  let asked: unknown;
  routes['POST /api/v1/pipelines/build/trigger'] = async (request) => {
    asked = await readJson(request);
    return { ...job, status: 'pending', finished_at: undefined };
  };
  routes[`GET /api/v1/jobs/${job.id}/logs/stream`] = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    return response.end('id: 6\nevent: log\ndata: {"offset":0,"text":"hello\\n"}\n\nevent: end\ndata: {}\n\n');
  };
  let shown = 0;
  // the log is complete a moment before the job has its final status
  routes[`GET /api/v1/jobs/${job.id}`] = () => ({ ...job, status: (shown += 1) < 2 ? 'running' : status, steps });
  const { exitCode, stdout, stderr } = await run([
    ...['trigger', 'build', '--branch', 'release', '--env', 'A=1', '--env', 'B=x=y', '--follow'],
  ]);
  expect(exitCode).toBe(expected);
  expect(asked).toEqual({ branch: 'release', env: { A: '1', B: 'x=y' } });
  expect(stdout).toBe('hello\n');
  expect(stderr).toMatch(new RegExp(`build#12 .* is pending\nbuild#12 ${status} after 2.5s`));
});

test('trigger without --wait answers at once with 0', async () => {
  routes['POST /api/v1/pipelines/build/trigger'] = () => ({ ...job, status: 'pending' });
  expect(await run(['trigger', 'build'])).toMatchObject({ exitCode: 0, stdout: '' });
});

test('a refused token is told with the server’s words', async () => {
  routes['POST /api/v1/jobs/' + job.id + '/cancel'] = (_request, response) => {
    response.writeHead(401);
    return { error: { code: 'token_unknown', message: 'the token is not known' } };
  };
  const { exitCode, stderr } = await run(['cancel', job.id]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: the token is not known \(token_unknown\)\nnext: give a token/);
});

test('on the server’s own machine the admin token is found by itself', async () => {
  await mkdir(path.join(dataDir, 'keys'));
  await writeFile(path.join(dataDir, 'keys', 'admin.token'), 'from-the-file\n');
  routes['GET /api/v1/jobs'] = () => ({ items: [] });
  expect(await run(['list'], {})).toMatchObject({ exitCode: 0, stderr: 'no jobs match\n' });
  expect(requests).toEqual(['GET /api/v1/jobs?limit=20 Bearer from-the-file']);
});
