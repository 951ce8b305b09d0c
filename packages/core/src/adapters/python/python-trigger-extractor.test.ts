import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPython } from '../../composition/find-python.js';
import { plainValue } from '../../domain/trigger/located-value.js';
import { PythonTriggerExtractor } from './python-trigger-extractor.js';

const script = fileURLToPath(new URL('../../../../../sdk/src/danube/_read_triggers.py', import.meta.url));
const never = new AbortController().signal;
let folder: string;
let python: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-extractor-'));
  python = await findPython(process.env);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const extractor = (changes: Partial<ConstructorParameters<typeof PythonTriggerExtractor>[0]> = {}) =>
  new PythonTriggerExtractor({ python, script, timeoutMs: 60_000, ...changes });

/** A program of ours in the place of the interpreter. */
async function program(name: string, body: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

test('answers what a file says, without running it', async () => {
  const mark = join(folder, 'executed');
  const text =
    `open(${JSON.stringify(mark)}, 'w')\nfrom danube import pipeline\n` +
    `@pipeline(name='é', triggers=[{'type': 'push'}])\ndef build(): pass\n@pipeline\ndef other(): pass\n`;
  const { pipelines, problems } = await extractor().extract(text, never);
  expect(problems).toEqual([]);
  expect(pipelines.map(({ name, line }) => [name, line])).toEqual([
    ['é', 3],
    ['other', 5],
  ]);
  expect(plainValue(pipelines[0]!.triggers!)).toEqual([{ type: 'push' }]);
  expect(pipelines[1]!.triggers).toBeUndefined();
  await expect(readFile(mark)).rejects.toThrow('ENOENT');
});

test.each([
  ['y = = 2\n', /^1:5: invalid syntax \(read with Python 3/],
  ['('.repeat(100_000), /^1:\d+: too many nested parentheses|too deeply nested/],
  ['x = a' + '.b'.repeat(300_000), /^1:1: the file is too large or too deeply nested to be read within 128 MB/],
  ['a = 1\n'.repeat(170_000), /^1:1: the file is too large or too deeply nested to be read within 128 MB/],
])('file %# is a problem, not a failure', async (text, expected) => {
  const { pipelines, problems } = await extractor().extract(text, never);
  expect(pipelines).toEqual([]);
  expect(problems.map(({ line, column, message }) => `${line}:${column}: ${message}`)).toEqual([
    expect.stringMatching(expected),
  ]);
});

test.each([
  ['flooding', 'exec yes', 'what it says about triggers is too long'],
  ['crashing', 'kill -SEGV $$', 'reading it took more memory or time than a pipeline file may take'],
  ['starving', 'echo MemoryError >&2; exit 1', 'reading it took more memory or time'],
  ['computing', 'ulimit -t 1; while :; do :; done', 'reading it took more memory or time'],
])('a reader that is %s is a problem of the file', async (name, body, message) => {
  const { problems } = await extractor({ python: await program(name, body) }).extract('x', never);
  expect(problems).toEqual([{ line: 1, column: 1, message: expect.stringContaining(message) as string }]);
});

test.each([
  ['missing', () => Promise.resolve('/nowhere/python3'), 'ENOENT'],
  ['broken', () => program('broken', 'echo "no module named ast" >&2; exit 1'), 'no module named ast'],
  ['silent', () => program('silent', 'exit 3'), 'exit code 3'],
  ['waiting for its turn', () => program('late', 'exec sleep 1000'), 'it did not answer within 0.5 s', 500],
] as const)('a reader that is %s is a failure that may pass', async (_name, find, message, timeoutMs?: number) => {
  await expect(
    extractor({ python: await find(), timeoutMs: timeoutMs ?? 60_000 }).extract('x', never),
  ).rejects.toMatchObject({
    code: 'trigger_reader_failed',
    retryable: true,
    message: expect.stringContaining(message) as string,
  });
});

test('the process has no environment and no folder of ours', async () => {
  const path = await program('curious', 'echo "$(env | grep -vE "^(PWD|SHLVL|_|OLDPWD)=") $(pwd)" >&2; exit 1');
  await expect(extractor({ python: path }).extract('x', never)).rejects.toThrow(/could not run: \/$/);
});

test('it ends with its signal', async () => {
  const abort = new AbortController();
  const path = await program('waiting', 'exec sleep 1000');
  const extraction = extractor({ python: path }).extract('x', abort.signal);
  abort.abort(new Error('the server stops'));
  await expect(extraction).rejects.toThrow('the server stops');
});
