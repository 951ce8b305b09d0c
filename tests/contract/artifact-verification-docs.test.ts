import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

const page = readFileSync(new URL('../../docs/artifact-verification.md', import.meta.url), 'utf8');
const section = page.slice(page.indexOf('## With OpenSSL alone'), page.indexOf('## With other tools'));
const blocks = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, commands = '']) => commands);

const folder = mkdtempSync(join(tmpdir(), 'danube-openssl-'));
const path = (name: string) => join(folder, name);
let http: HttpFixture;

beforeAll(async () => {
  http = await HttpFixture.start();
  await http.addPipelines('web');
  const id = await http.addAttestedJob({ web: Buffer.from('the archive') });
  const job = `/api/v1/jobs/${id}`;
  const files = {
    'web.tar.gz': `${job}/artifacts/web`,
    'web.tar.gz.sig': `${job}/artifacts/web.sig`,
    'provenance.json': `${job}/provenance`,
    'danube.pub': '/api/v1/signing-key',
  };
  for (const [name, url] of Object.entries(files)) {
    writeFileSync(path(name), Buffer.from(await (await http.fetch(url)).arrayBuffer()));
  }
});
afterAll(async () => {
  await http.stop();
  rmSync(folder, { recursive: true });
});

/** Exit codes of each block of the page, one after the other. */
const exitCodes = () =>
  blocks.map((commands) => spawnSync('bash', ['-e', '-o', 'pipefail', '-c', commands], { cwd: folder }).status);

function whileFlipped<T>(name: string, at: number, look: () => T): T {
  const before = readFileSync(path(name));
  const bytes = Buffer.from(before);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path(name), bytes);
  try {
    return look();
  } finally {
    writeFileSync(path(name), before);
  }
}

test('the commands for OpenSSL accept what is good', () => {
  expect(exitCodes()).toEqual([0, 0, 0]);
});

test('they refuse each file that was changed', () => {
  expect(whileFlipped('web.tar.gz', 3, exitCodes)).toEqual([1, 0, 1]);
  expect(whileFlipped('web.tar.gz.sig', 3, exitCodes)).toEqual([1, 0, 0]);
  const inPayload = readFileSync(path('provenance.json'), 'utf8').indexOf('"payload":"') + 100;
  expect(whileFlipped('provenance.json', inPayload, exitCodes)[1]).toBe(1);
});
