import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDanube } from '@danube/test-support/run-danube.js';
import { ServedProject } from '@danube/test-support/served-project.js';

const red = `
from danube import step
step.run("echo compiling; echo 'assertion failed: 1 != 2' >&2; exit 3", name="unit tests")
step.run("echo never", name="deploy")
`;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({ red: { file: red } });
});
afterAll(() => served.stop());

/** The command as a developer on another machine gives it: address and token, nothing else. */
function danube(...args: string[]) {
  const { address, token } = served.server;
  return runDanube(args, { env: { DANUBE_SERVER: `http://${address}`, DANUBE_TOKEN: token } });
}

test('jobs trigger --follow of a red job prints the failing lines and exits with 1', async () => {
  const { code, stdout, stderr } = await danube('jobs', 'trigger', 'red', '--follow');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^\[[^\]]+\] \[unit tests\] \[stdout\] compiling$/m);
  expect(stdout).toMatch(/^\[[^\]]+\] \[unit tests\] \[stderr\] assertion failed: 1 != 2$/m);
  expect(stdout).not.toContain('[deploy]');
  expect(stderr).toMatch(/red#1 failure after .*unit tests.*exit code 3/);
});

test('jobs trigger --wait --json of a red job exits with 1 and prints one JSON value', async () => {
  const { code, stdout } = await danube('jobs', 'trigger', 'red', '--wait', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'failure', steps: [{ name: 'unit tests', exit_code: 3 }] });
});

test('jobs trigger --follow of a green job exits with 0', async () => {
  const { code, stdout, stderr } = await danube('jobs', 'trigger', 'good', '--follow');
  expect(code).toBe(0);
  expect(stdout).toMatch(/\[stdout\] fine$/m);
  expect(stderr).toContain('success');
});

test.each([
  [['jobs', 'trigger', 'no-such'], 1, /no-such/],
  [['jobs', 'show', '01000000-0000-7000-8000-000000000000'], 1, /job/],
  [['jobs', 'trigger'], 2, /pipeline/],
  [['jobs', 'trigger', 'good', '--env', 'novalue'], 2, /KEY=VALUE/],
  [['jobs', 'trigger', 'good', '--colour'], 2, /colour/],
  [['job', 'list'], 2, /jobs/],
])('danube %j exits with %i and says what is wrong', async (args, exitCode, message) => {
  const { code, stdout, stderr } = await danube(...args);
  expect(code).toBe(exitCode);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a server that is not there, and a token that it does not know, exit with 1 and say what to do next', async () => {
  const away = await runDanube(['jobs', 'list'], { env: { DANUBE_SERVER: 'http://127.0.0.1:1', DANUBE_TOKEN: 'x' } });
  expect(away.code).toBe(1);
  expect(away.stderr).toMatch(/server_unreachable[^]*danube serve/);
  const stranger = await runDanube(['jobs', 'list'], {
    env: { DANUBE_SERVER: `http://${served.server.address}`, DANUBE_TOKEN: 'guessed' },
  });
  expect(stranger.code).toBe(1);
  expect(stranger.stderr).toMatch(/DANUBE_TOKEN/);
  expect(stranger.stderr).not.toContain('guessed');
});
