import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linesOf, LogFixture, readLog } from '@danube/test-support/log-fixture.js';
import { SecretMatcher } from '../../domain/masking/secret-matcher.js';
import { decodeRecord, RECORD_BYTES } from './index-record.js';

const KILLS = 8;
const secrets = ['S3cret/value', 'the first line\nthe second line\nthe third line'] as const;
const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const sources = [1, 2, 3].flatMap((sequence) => [`${sequence}.stdout`, `${sequence}.stderr`]);
let folder: string;
let fixture: LogFixture;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-kill-'));
  fixture = await LogFixture.create({ directory: join(folder, 'logs') });
  await mkdir(join(folder, 'raw'));
  for (const source of sources) await writeFile(join(folder, 'raw', source), rawOutput(source));
  await build({
    entryPoints: [join(root, 'tests/support/log-writer-process.ts')],
    outfile: join(folder, 'writer.mjs'),
    tsconfig: join(root, 'tsconfig.check.json'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    nodePaths: [join(root, 'node_modules')],
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a log whose writer is killed again and again has every line once and in order, and no secret', async () => {
  const size = sources.length * rawOutput('').length;
  let kills = 0;
  let seen: Buffer = Buffer.alloc(0);
  for (let attempt = 1; attempt <= KILLS; attempt++) {
    const writer = startWriter();
    await grownTo((size / (KILLS + 2)) * (attempt + Math.random()), writer);
    const glimpse = await readLog(fixture.store, 'job');
    expect(glimpse.subarray(0, seen.length).equals(seen)).toBe(true);
    expect(glimpse.toString()).not.toMatch(/S3cret|the (first|second|third)/);
    seen = glimpse;
    if (writer.exitCode !== null) break;
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    kills++;
    await checkIndexNamesAll();
  }
  expect(kills).toBeGreaterThan(0);

  const [code] = (await once(startWriter(), 'exit')) as [number | null];
  expect(code).toBe(0);
  const log = await readLog(fixture.store, 'job');
  expect(log.subarray(0, seen.length).equals(seen)).toBe(true);
  for (const source of sources) {
    const [sequence, stream] = source.split('.') as [string, 'stdout' | 'stderr'];
    const lines = linesOf(log, `step-${sequence}`, stream);
    const expected = new SecretMatcher(secrets).mask(rawOutput(source));
    expect(Buffer.from(`${lines.join('\n')}\n`, 'latin1').equals(expected)).toBe(true);
  }
  const remarks = linesOf(log, 'danube', 'stdout');
  expect(remarks).toHaveLength(sources.length * Math.floor(rawOutput('').length / 100_000));
  expect(new Set(remarks).size).toBe(remarks.length);
  expect(remarks[0]).toMatch(/ \*\*\* \*\*\*$/);
}, 60_000);

/** About half a megabyte of numbered lines of many lengths. */
function rawOutput(source: string): Buffer {
  const lines = Array.from(
    { length: 9000 },
    (_, line) => `${source.padEnd(8)} ${line} ${'é'.repeat((line * 7) % 91)}${secrets[line % 3] ?? ''}\n`,
  );
  return Buffer.from(lines.join(''));
}

function startWriter(): ChildProcess {
  const args = [join(folder, 'writer.mjs'), join(folder, 'logs'), join(folder, 'raw'), ...secrets];
  return spawn(process.execPath, args, { stdio: 'inherit' });
}

async function logSize(): Promise<number> {
  return stat(join(folder, 'logs', 'job.log')).then(
    ({ size }) => size,
    () => 0,
  );
}

async function grownTo(size: number, writer: ChildProcess): Promise<void> {
  while (writer.exitCode === null && (await logSize()) < size) await new Promise(setImmediate);
}

/** The order of writes: no byte is in the log that the index does not name. */
async function checkIndexNamesAll(): Promise<void> {
  const index = await readFile(join(folder, 'logs', 'job.idx'));
  const records = Math.floor(index.length / RECORD_BYTES);
  const last = decodeRecord(index.subarray((records - 1) * RECORD_BYTES, records * RECORD_BYTES));
  expect(last?.end.size).toBeGreaterThanOrEqual(await logSize());
}
