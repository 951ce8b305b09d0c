import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES } from '../../domain/log/cut-batch.js';
import { linesOf, LogFixture, noSource, readLog, readText } from '@danube/test-support/log-fixture.js';
import type { JobLogWriter, ReadSource } from '../../services/ports/log-store.js';
import { decodeRecord, RECORD_BYTES } from './index-record.js';

interface RawStream {
  readonly sequence: number;
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Buffer;
}

/** One thing that happens to the log: a chunk of some stream comes, perhaps with a remark. */
interface Turn {
  readonly pick: number;
  readonly size: number;
  readonly remark: boolean;
}

/** Where the files are cut off, as fractions of what a crash at that moment can leave. */
interface Crash {
  readonly turns: readonly Turn[];
  readonly index: number;
  readonly log: number;
  readonly remarks: number;
}

const step = { sequence: 1, name: 'step-1' };
let fixture: LogFixture;

beforeEach(async () => {
  fixture = await LogFixture.create();
});
afterEach(() => fixture.dispose());

const path = (extension: string): string => join(fixture.settings.directory, `job.${extension}`);

describe('a log that a crash cut short', () => {
  const shortLine = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
  const longLine = fc.integer({ min: 60_000, max: 150_000 }).map((length) => Buffer.alloc(length, 'x'));
  const line = fc.oneof({ arbitrary: shortLine, weight: 20 }, { arbitrary: longLine, weight: 1 });
  const raw = fc.array(line, { maxLength: 40 }).map((lines) => Buffer.concat(lines.flatMap((one) => [one, eol])));
  const rawStreams = fc
    .tuple(fc.array(raw, { minLength: 2, maxLength: 6 }), fc.boolean())
    .map(([all, ended]) => all.map((bytes, index) => rawStream(ended ? bytes : bytes.subarray(0, -1), index)));
  const turn = fc.record({
    pick: fc.nat({ max: 5 }),
    size: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 300, max: 200_000 })),
    remark: fc.boolean(),
  });
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  const crash = fc.record({
    turns: fc.array(turn, { maxLength: 30 }),
    index: fraction,
    log: fraction,
    remarks: fraction,
  });

  it('has every line once and in order afterwards, and offsets that were seen stay true', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(rawStreams, fc.array(crash, { minLength: 1, maxLength: 3 }), async (streams, crashes) => {
        const job = `job${run++}`;
        const given = new Set<string>();
        for (const one of crashes) {
          const log = await fixture.restart().openWriter(job, sourceOf(streams));
          await feed(log, streams, one.turns, given);
          await log.release();
          await crashAndCheck(job, one, streams);
        }
        const log = await fixture.restart().openWriter(job, sourceOf(streams));
        await finish(log, streams);
        for (const key of given) await log.remark(key, `remark ${key}`);
        await log.close();
        await checkWhole(job, streams, given);
      }),
      { numRuns: 50 },
    );
  }, 60_000);
});

const eol = Buffer.from('\n');

function rawStream(bytes: Buffer, index: number): RawStream {
  return { sequence: (index >> 1) + 1, stream: index % 2 === 0 ? 'stdout' : 'stderr', bytes };
}

function sourceOf(streams: readonly RawStream[]): ReadSource {
  return (sequence, stream, offset, length) => {
    const raw = streams.find((one) => one.sequence === sequence && one.stream === stream);
    return Promise.resolve(Buffer.from(raw?.bytes.subarray(offset, offset + length) ?? []));
  };
}

function sourceName({ sequence }: RawStream) {
  return { sequence, name: `step-${sequence}` };
}

async function feed(log: JobLogWriter, streams: readonly RawStream[], turns: readonly Turn[], given: Set<string>) {
  const fed = new Map(streams.map((raw) => [raw, log.position(sourceName(raw))[raw.stream]]));
  for (const { pick, size, remark } of turns) {
    const raw = streams[pick % streams.length];
    if (raw === undefined) continue;
    const offset = fed.get(raw) ?? 0;
    const bytes = raw.bytes.subarray(offset, offset + size);
    await log.append(sourceName(raw), raw.stream, offset, bytes);
    fed.set(raw, offset + bytes.length);
    fixture.clock.advance(1);
    if (!remark) continue;
    const key = `at-${given.size}`;
    given.add(key);
    await log.remark(key, `remark ${key}`);
  }
}

async function finish(log: JobLogWriter, streams: readonly RawStream[]) {
  for (const raw of streams) {
    const from = log.position(sourceName(raw))[raw.stream];
    await log.append(sourceName(raw), raw.stream, from, raw.bytes.subarray(from));
  }
  for (const raw of streams) await log.finishSource(sourceName(raw));
}

/** Cuts the files as the order of writes allows, opens the log once more and compares with what had been there. */
async function crashAndCheck(job: string, crash: Crash, streams: readonly RawStream[]) {
  const file = (extension: string) => join(fixture.settings.directory, `${job}.${extension}`);
  const [index, before] = await Promise.all([readFile(file('idx')), readFile(file('log'))]);
  const indexSize = Math.round(index.length * crash.index);
  const records = Array.from({ length: Math.floor(indexSize / RECORD_BYTES) }, (_, number) =>
    decodeRecord(index.subarray(number * RECORD_BYTES, (number + 1) * RECORD_BYTES)),
  );
  const named = records.at(-1)?.end.size ?? 0;
  const remarksNamed = records.findLast((record) => record?.batch?.sequence === -1)?.batch?.to ?? 0;
  const remarks = (await readFile(file('remarks'))).length;
  await truncate(file('idx'), indexSize);
  await truncate(file('log'), Math.round(named * crash.log));
  await truncate(file('remarks'), remarksNamed + Math.round((remarks - remarksNamed) * crash.remarks));

  const store = fixture.restart();
  await (await store.openWriter(job, sourceOf(streams))).release();
  const after = await readLog(store, job);
  expect(after.equals(before.subarray(0, named))).toBe(true);
  expect(await store.countLines(job)).toBe(records.at(-1)?.end.lines ?? 0);
}

async function checkWhole(job: string, streams: readonly RawStream[], given: ReadonlySet<string>) {
  const store = fixture.restart();
  const log = await readLog(store, job);
  let lines = given.size;
  for (const raw of streams) {
    const expected = expectedLines(raw.bytes.toString('latin1'));
    expect(linesOf(log, `step-${raw.sequence}`, raw.stream)).toEqual(expected);
    lines += expected.length;
  }
  expect(linesOf(log, 'danube', 'stdout').sort()).toEqual([...given].map((key) => `remark ${key}`).sort());
  expect(await store.countLines(job)).toBe(lines);
}

function expectedLines(text: string): string[] {
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  const pieces = new RegExp(`[^]{1,${MAX_LINE_BYTES}}`, 'g');
  return text === '' ? [] : lines.flatMap((line) => line.match(pieces) ?? [line]);
}

describe('opening a log again', () => {
  it('goes on after a complete log, which is live until the next close', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('a\n'));
    await log.close();
    const index = await readFile(path('idx'));
    const unchanged = await fixture.store.openWriter('job', noSource);
    await unchanged.close();
    expect((await readFile(path('idx'))).equals(index)).toBe(true);

    const reopened = await fixture.store.openWriter('job', noSource);
    expect(reopened.position(step)).toEqual({ stdout: 2, stderr: 0 });
    await reopened.append(step, 'stdout', 2, Buffer.from('b\n'));
    await reopened.close();
    expect(await readText(fixture.restart(), 'job')).toBe('[step-1] [stdout] a\n[step-1] [stdout] b\n');
  });

  it('cuts off what stands behind the last line that the index names', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('a\n'));
    await log.release();
    await appendFile(path('log'), Buffer.alloc(10_000));
    const reopened = await fixture.restart().openWriter('job', noSource);
    await reopened.append(step, 'stdout', 2, Buffer.from('b\n'));
    await reopened.close();
    expect((await readFile(path('log'))).length).toBe(await fixture.store.size('job'));
    expect(await readText(fixture.store, 'job')).toBe('[step-1] [stdout] a\n[step-1] [stdout] b\n');
  });

  it('leaves out lines whose raw output is gone, and says so', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('kept\n'));
    await log.finishSource(step);
    await log.append(step, 'stdout', 5, Buffer.from('gone\n'));
    await log.release();
    await truncate(path('log'), (await readFile(path('log'))).length - 3);
    const reopened = await fixture.restart().openWriter('job', () => Promise.resolve(Buffer.alloc(0)));
    expect(reopened.position(step).stdout).toBe(5);
    await reopened.close();
    expect(await readText(fixture.restart(), 'job')).toBe('[step-1] [stdout] kept\n');
    expect(fixture.loggers.messages('warn')).toEqual(['raw output is gone; lines of the log are lost']);
  });

  it('fails and can be tried again while the raw output cannot be read', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('line\n'));
    await log.release();
    await writeFile(path('log'), '');
    const store = fixture.restart();
    await expect(store.openWriter('job', noSource)).rejects.toThrow('was not to be read');
    const reopened = await store.openWriter('job', () => Promise.resolve(Buffer.from('line\n')));
    await reopened.close();
    expect(await readText(store, 'job')).toBe('[step-1] [stdout] line\n');
  });

  it('shows readers whole lines only, before a writer has repaired it', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('one\n'));
    await log.finishSource(step);
    const first = log.size();
    await log.append(step, 'stdout', 4, Buffer.from('two\n'));
    await log.release();
    await truncate(path('log'), first + 5);
    const store = fixture.restart();
    expect(await store.size('job')).toBe(first);
    expect(await store.countLines('job')).toBe(1);
    expect(await readText(store, 'job')).toBe('[step-1] [stdout] one\n');
  });
});
