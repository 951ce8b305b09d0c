import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runDanube } from '@danube/test-support/run-danube.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-run-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(file: string | undefined, ...args: string[]) {
  if (file !== undefined) writeFileSync(join(folder, 'danubefile.py'), file);
  return runDanube(['run', ...args], { cwd: folder });
}

test('a green pipeline exits with 0, in a folder that is no repository, and leaves nothing in it', async () => {
  const { code, stdout } = await run('from danube import step\nstep.run("echo fine", name="unit tests")\n');
  expect(code).toBe(0);
  expect(stdout).toContain('fine');
  expect(stdout).toMatch(/unit tests.*success/);
  expect(readdirSync(folder)).toEqual(['danubefile.py']);
});

test('a red pipeline exits with 1 and shows the failing lines', async () => {
  const { code, stdout, stderr } = await run(
    'from danube import step\nstep.run("echo assertion failed >&2; exit 3", name="unit tests")\nstep.run("echo never")\n',
  );
  expect(code).toBe(1);
  expect(stdout + stderr).toContain('assertion failed');
  expect(stdout + stderr).toMatch(/unit tests.*(failure|exit code 3)/);
  expect(stdout).not.toContain('│ never');
});

test.each([
  ['with a syntax error', 'x = 1\ndef broken(:\n', [], 1, /line 2/],
  ['that raises', 'x = 1\nraise ValueError("no luck")\n', [], 1, /line 2[^]*no luck/],
  ['that is not there', undefined, [], 1, /danubefile\.py/],
  ['under another name that is not there', 'pass\n', ['--file', 'other.py'], 1, /other\.py/],
  ['with an unknown option', 'pass\n', ['--brnch', 'x'], 2, /--branch/],
])('a pipeline file %s exits with the right code and says why', async (_, file, args, exitCode, message) => {
  const { code, stdout, stderr } = await run(file, ...args);
  expect(code).toBe(exitCode);
  expect(stdout + stderr).toMatch(message);
  expect(stdout + stderr).not.toMatch(/node_modules|\.js:\d/);
});

test('--json prints one JSON value a line, with a summary as the last, and keeps the exit code', async () => {
  const { code, stdout } = await run('from danube import step\nstep.run("exit 4", name="x")\n', '--json');
  expect(code).toBe(1);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; status?: string });
  expect(events.at(-1)).toMatchObject({ kind: 'summary', status: 'failure' });
});

test('secrets come from a file that only its owner can read', async () => {
  const file = join(folder, 'secrets.json');
  writeFileSync(file, '{"TOKEN": "open-sesame-4711"}', { mode: 0o600 });
  const source = 'from danube import secrets\nprint("length", len(secrets.get("TOKEN")))\n';
  const given = await run(source, '--secrets-file', 'secrets.json');
  expect([given.code, given.stdout]).toEqual([0, expect.stringContaining('length 16')]);
  const missing = await run(source);
  expect([missing.code, missing.stdout]).toEqual([1, expect.stringContaining('--secrets-file')]);
  chmodSync(file, 0o640);
  const open = await run(source, '--secrets-file', 'secrets.json');
  expect([open.code, open.stderr]).toEqual([1, expect.stringContaining('chmod 600 secrets.json')]);
  writeFileSync(file, '{"TOKEN": open-sesame-4711}', { mode: 0o600 });
  chmodSync(file, 0o600);
  const broken = await run(source, '--secrets-file', 'secrets.json');
  expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('is no JSON')]);
  expect(broken.stderr).not.toContain('open-sesame');
});
