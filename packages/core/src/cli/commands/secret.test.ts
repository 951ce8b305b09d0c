import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { readJson, startLocalHttpServer, type LocalHttpServer } from '@danube/test-support/local-http-server.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InputSource } from '../output/terminal.js';
import { runCli } from '../run-cli.js';

const secret = {
  name: 'TOKEN',
  scope: 'global',
  source: 'manual',
  created_at: '2026-01-06T12:00:00.000Z',
  updated_at: '2026-01-06T12:00:00.000Z',
};
const list = {
  items: [secret, { ...secret, team: 'platform' }, { ...secret, name: 'KEY', pipeline: 'web', source: 'config' }],
};

let requests: { readonly line: string; readonly value: string | undefined }[];
let server: LocalHttpServer;
let folder: string;

beforeEach(async () => {
  requests = [];
  folder = await mkdtemp(path.join(os.tmpdir(), 'danube-cli-secret-'));
  server = await startLocalHttpServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    const answer = async () => {
      const body = request.method === 'PUT' ? ((await readJson(request)) as { value: string }) : undefined;
      requests.push({ line, value: body?.value });
      if (line.includes('nobody')) response.statusCode = 404;
      else if (request.method === 'DELETE') response.statusCode = 204;
      const error = { error: { code: 'team_not_found', message: 'there is no team "nobody"' } };
      response.end(JSON.stringify(line.includes('nobody') ? error : request.method === 'GET' ? list : secret));
    };
    void answer();
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function run(args: readonly string[], input: InputSource = Readable.from(['unused'])) {
  const terminal = fakeTerminal({ env: { DANUBE_SERVER: server.url, DANUBE_TOKEN: 't' }, cwd: folder, in: input });
  const exitCode = await runCli(['secret', ...args], terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test('a value that is too short to be hidden in logs is warned about, without being shown', async () => {
  const { exitCode, stderr } = await run(['set', 'PIN'], Readable.from(['123\n']));
  expect([exitCode, stderr]).toEqual([
    0,
    'warning: a value of less than 4 characters is not hidden in the logs of jobs\n',
  ]);
  expect((await run(['set', 'PIN'], Readable.from(['1234\n']))).stderr).toBe('');
});

test.each<[string, (string | Buffer)[], string]>([
  ['a line without its end', ['hunter2\n'], 'hunter2'],
  ['a Windows line without its end', ['hunter2\r\n'], 'hunter2'],
  ['what has no end', ['hunter2'], 'hunter2'],
  ['spaces', [' hunter2 \n'], ' hunter2 '],
  [
    'several lines as they are',
    ['-----BEGIN KEY-----\nab\n', '-----END KEY-----\n'],
    '-----BEGIN KEY-----\nab\n-----END KEY-----\n',
  ],
  ['characters that are cut in the middle', ['caf', Buffer.from([0xc3]), Buffer.from([0xa9])], 'café'],
])('set takes %s from the input', async (_case, chunks, value) => {
  const outcome = await run(['set', 'TOKEN'], Readable.from(chunks));
  expect(outcome).toEqual({ exitCode: 0, stdout: 'TOKEN of everybody is set\n', stderr: '' });
  expect(requests).toEqual([{ line: 'PUT /api/v1/secrets/TOKEN', value }]);
});

test('set takes a file, and says whose secret it is', async () => {
  await writeFile(path.join(folder, 'key'), 'from a file\n');
  await run(['set', 'TOKEN', '--from-file', 'key', '--team', 'platform']);
  await run(['set', 'TOKEN', '--from-file', 'key', '--pipeline', 'a b']);
  expect(requests).toEqual([
    { line: 'PUT /api/v1/secrets/TOKEN?team=platform', value: 'from a file' },
    { line: 'PUT /api/v1/secrets/TOKEN?pipeline=a+b', value: 'from a file' },
  ]);
});

function keyboard(keys: string): InputSource {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  input.write(keys);
  return input;
}

test('at a terminal the value is asked for and not shown', async () => {
  const { exitCode, stdout, stderr } = await run(['set', 'TOKEN'], keyboard('huntr\u007fer2\r'));
  expect(requests[0]?.value).toBe('hunter2');
  expect([exitCode, stdout, stderr]).toEqual([0, 'TOKEN of everybody is set\n', 'Value (not shown): \n']);
});

test.each<[number, RegExp, readonly string[], InputSource | undefined]>([
  [1, /nothing was entered \(secret_value_unreadable\)/, ['set', 'TOKEN'], keyboard('hun\u0003')],
  [1, /read nowhere: ENOENT.*nowhere' \(secret_value_unreadable\)/, ['set', 'A', '--from-file', 'nowhere'], undefined],
  [1, /cannot read \.: EISDIR.* \(secret_value_unreadable\)/, ['set', 'A', '--from-file', '.'], undefined],
  [2, /'bad name' is invalid .* write up to 200 letters/, ['set', 'bad name'], undefined],
  [2, /'..\/a' is invalid/, ['remove', '../a'], undefined],
  [1, /not text in UTF-8/, ['set', 'TOKEN'], Readable.from([Buffer.from([0xff])])],
  [1, /longer than 65536 bytes/, ['set', 'TOKEN'], Readable.from(Array.from({ length: 99 }, () => 'x'.repeat(1000)))],
  [1, /there is no team "nobody" \(team_not_found\)/, ['remove', 'TOKEN', '--team', 'nobody'], undefined],
  [2, /too many arguments/, ['set', 'TOKEN', 'hunter2'], undefined],
  [2, /cannot be used with option '--pipeline <name>'/, ['set', 'A', '--team', 'a', '--pipeline', 'b'], undefined],
])('exit code %i: %s', async (exitCode, message, args, input) => {
  const outcome = await run(args, input);
  expect(outcome).toMatchObject({ exitCode, stdout: '', stderr: expect.stringMatching(message) as string });
  expect(requests.filter(({ line }) => line.startsWith('PUT'))).toEqual([]);
});

test('list shows names and owners, or what one pipeline sees', async () => {
  const { stdout } = await run(['list']);
  expect(stdout.split('\n').map((line) => line.replace(/ +\S+ ago$/, ''))).toEqual([
    'NAME   OF             FROM               SET',
    'TOKEN  everybody      danube secret set',
    'TOKEN  team platform  danube secret set',
    'KEY    pipeline web   config repository',
    '',
  ]);
  expect(JSON.parse((await run(['list', '--pipeline', 'web', '--json'])).stdout)).toEqual(list);
  expect(requests.map(({ line }) => line)).toEqual(['GET /api/v1/secrets', 'GET /api/v1/pipelines/web/secrets']);
});

test('remove names what is gone', async () => {
  expect((await run(['remove', 'TOKEN', '--pipeline', 'web'])).stdout).toBe('TOKEN of pipeline web is removed\n');
  expect(requests.map(({ line }) => line)).toEqual(['DELETE /api/v1/secrets/TOKEN?pipeline=web']);
});
