import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { startLocalHttpServer, type LocalHttpServer } from '@danube/test-support/local-http-server.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

const jobId = '0193f2a1-0000-7000-8000-000000000001';
const content = Buffer.alloc(300_000, 'archive');
const artifact = {
  id: '0193f2a1-0000-7000-8000-00000000000a',
  job_id: jobId,
  name: 'web',
  size_bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  created_at: '2026-01-06T12:00:00.000Z',
};

let items: readonly (typeof artifact)[];
let sent: Buffer;
let server: LocalHttpServer;
let folder: string;

beforeEach(async () => {
  items = [artifact];
  sent = content;
  folder = await mkdtemp(path.join(os.tmpdir(), 'danube-cli-artifacts-'));
  server = await startLocalHttpServer((request, response) => {
    const isList = request.url === `/api/v1/jobs/${jobId}/artifacts` || request.url?.startsWith('/api/v1/artifacts?');
    if (isList) response.end(JSON.stringify({ items }));
    else if (request.url === `/api/v1/jobs/${jobId}/artifacts/web`) response.end(sent);
    else response.writeHead(404).end();
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function run(args: readonly string[], isTTY = false) {
  const terminal = fakeTerminal({ env: { DANUBE_SERVER: server.url, DANUBE_TOKEN: 't' }, cwd: folder, isTTY });
  const exitCode = await runCli(args, terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test('the artifacts of a job are listed, as a table and as JSON', async () => {
  const table = await run(['artifacts', 'list', jobId]);
  expect(table.stdout).toBe(`ARTIFACT       SIZE  SHA-256\nweb       293.0 KiB  ${artifact.sha256}\n`);
  expect(JSON.parse((await run(['artifacts', 'list', jobId, '--json'])).stdout)).toEqual({ items });
  items = [];
  expect(await run(['artifacts', 'list', jobId])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'the job has no artifacts\n',
  });
});

test('an artifact is written under its name, or as told, and a bar shows how far it is', async () => {
  expect(await run(['artifacts', 'download', jobId, 'web'])).toEqual({
    exitCode: 0,
    stdout: `${path.join(folder, 'web.tar.gz')}: 293.0 KiB, SHA-256 ${artifact.sha256}\n`,
    stderr: '',
  });
  expect((await readFile(path.join(folder, 'web.tar.gz'))).equals(content)).toBe(true);
  const shown = await run(['artifacts', 'download', jobId, 'web', '-o', 'other', '--json'], true);
  expect(JSON.parse(shown.stdout)).toEqual({ ...artifact, file: path.join(folder, 'other') });
  expect(shown.stderr).toContain(`web [${'='.repeat(30)}] 100% 293.0 KiB of 293.0 KiB\n`);
  expect(await readdir(folder)).toEqual(['other', 'web.tar.gz']);
});

test('what is damaged on its way, cut off or would replace a file leaves nothing behind', async () => {
  sent = Buffer.from(content);
  sent[5] = 0;
  expect(await run(['artifacts', 'download', jobId, 'web'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('another SHA-256 than the server says') as string,
  });
  sent = content.subarray(1);
  expect((await run(['artifacts', 'download', jobId, 'web'])).stderr).toContain('299999 bytes instead of 300000');
  expect(await readdir(folder)).toEqual([]);
  sent = content;
  await writeFile(path.join(folder, 'mine'), 'precious');
  expect((await run(['artifacts', 'download', jobId, 'web', '-o', 'mine'])).stderr).toContain('is there already');
  expect(await readFile(path.join(folder, 'mine'), 'utf8')).toBe('precious');
  expect(await readdir(folder)).toEqual(['mine']);
});

test('an unknown name is answered with those that there are, and names are completed', async () => {
  const { exitCode, stderr } = await run(['artifacts', 'download', jobId, 'wbe']);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('has no artifact "wbe"; it has web')]);
  expect((await run(['complete', '--', 'artifacts', 'download', jobId, 'w'])).stdout).toBe('web\n');
});
