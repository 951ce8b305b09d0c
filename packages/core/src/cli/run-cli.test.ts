import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProgram } from './program.js';
import { runCli } from './run-cli.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'danube-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const terminal = fakeTerminal({ cwd: folder, env });
  const exitCode = await runCli(args, terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

function everyCommand(command = createProgram({ terminal: fakeTerminal(), fail: () => undefined }, '0')): string[][] {
  return command.commands
    .filter((inner) => inner.name() !== 'complete')
    .flatMap((inner) => [[inner.name()], ...everyCommand(inner).map((rest) => [inner.name(), ...rest])]);
}

test.each(everyCommand().map((words) => [words.join(' ')]))('%s --help describes it with an example', async (words) => {
  const { exitCode, stdout, stderr } = await run([...words.split(' '), '--help']);
  expect(exitCode).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toContain(`Usage: danube ${words} `);
  expect(stdout).toMatch(/\nExamples?:\n {2}danube /);
});

test('--version prints the package’s version', async () => {
  const manifest = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  expect(await run(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['jbos'], 'error: unknown command \'jbos\'\n(Did you mean jobs?)\nnext: "danube --help"'],
  [
    ['jobs', 'list', '--lmit', '3'],
    "error: unknown option '--lmit'\n(Did you mean --limit?)\nnext: \"danube jobs list",
  ],
  [['jobs', 'list', '--limit', 'many'], 'write a whole number of at least 1.'],
  [['jobs', 'logs', 'x', '--lines', '9-3'], 'write the first and the last line, as in 100-150.'],
  [['jobs', 'trigger', 'x', '--env', 'novalue'], 'write KEY=VALUE, not "novalue".'],
  [['jobs', 'show'], "error: missing required argument 'job'"],
  [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish.'],
  [['health', '--server', 'example.com'], 'write an address such as https://danube.example.com.'],
])('wrong use is told and ends with 2: %j', async (args, message) => {
  const { exitCode, stdout, stderr } = await run(args);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});

test('a server that is not there is one line and what to do', async () => {
  // port 9 is the discard service, which nobody runs
  const { exitCode, stderr } = await run(['jobs', 'list'], { DANUBE_SERVER: 'http://127.0.0.1:9' });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^error: no Danube server answers at http:\/\/127\.0\.0\.1:9: .* \(server_unreachable\)\nnext: start/,
  );
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
});

test('init-config writes a file that loads, and replaces one only when told to', async () => {
  const file = path.join(folder, 'etc', 'danube.toml');
  const first = await run(['init-config'], { DANUBE_CONFIG: file });
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  const { loadBootstrapConfig } = await import('../adapters/bootstrap-config/load-bootstrap-config.js');
  expect(await loadBootstrapConfig({ DANUBE_CONFIG: file })).toMatchObject({ runtime: { kind: 'local' } });

  await writeFile(file, '# mine\n');
  const second = await run(['init-config', file]);
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain('give --force to replace it (config_file_exists)');
  expect(await readFile(file, 'utf8')).toBe('# mine\n');
  expect((await run(['init-config', file, '--force'])).exitCode).toBe(0);
  expect(await readFile(file, 'utf8')).toContain('[config_repo]');
});
