import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesRead, collect, LogFixture, noSource, readLog, textOf } from '@danube/test-support/log-fixture.js';
import type { JobLogWriter, LogViewEvent } from '../../services/ports/log-store.js';

const step = { sequence: 1, name: 'build' };
const line = Buffer.from(`${'x'.repeat(99)}\n`);
let fixture: LogFixture;

beforeEach(async () => {
  fixture = await LogFixture.create({ maxViewerLagBytes: 100_000 });
});
afterEach(() => fixture.dispose());

function forever(): AbortSignal {
  return new AbortController().signal;
}

/** Adds that many lines behind what is there, and waits until they are stored. */
async function addLines(log: JobLogWriter, count: number): Promise<void> {
  const bytes = Buffer.concat(Array<Buffer>(count).fill(line));
  await log.append(step, 'stdout', log.position(step).stdout, bytes);
  await log.finishSource(step);
}

function follow(from = 0, signal = forever()): AsyncIterator<LogViewEvent> {
  return fixture.store.follow('job', from, signal)[Symbol.asyncIterator]();
}

function checkLineNumbers(events: readonly LogViewEvent[], whole: Buffer): void {
  for (const event of events) {
    if (event.kind !== 'text') continue;
    expect(event.line).toBe(whole.subarray(0, event.offset).toString().split('\n').length);
  }
}

describe('a viewer', () => {
  it('gets what is there, then what comes, then the end', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await addLines(log, 3);
    const viewer = follow();
    const first = await viewer.next();
    const next = viewer.next();
    await addLines(log, 2);
    const second = await next;
    const end = viewer.next();
    await log.close();
    expect(await end).toEqual({ value: { kind: 'end' }, done: false });
    expect(await viewer.next()).toMatchObject({ done: true });

    const events = [first, second].map((one) => one.value as LogViewEvent);
    expect(textOf(events).equals(await readLog(fixture.store, 'job'))).toBe(true);
    expect(events[1]?.kind === 'text' && events[1].offset).toBe(textOf(events.slice(0, 1)).length);
  });

  it('that comes before the log waits for it', async () => {
    const viewer = follow();
    const first = viewer.next();
    const log = await fixture.store.openWriter('job', noSource);
    await addLines(log, 1);
    expect((await first).value).toMatchObject({ kind: 'text', offset: 0 });
    await log.close();
  });

  it('can resume at every byte, also in the middle of a line, of a live and of a finished log', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await addLines(log, 3);
    const whole = await readLog(fixture.store, 'job');
    const offsets = Array.from({ length: whole.length + 1 }, (_, offset) => offset);
    const live = offsets.map((offset) => collect(fixture.store.follow('job', offset, forever())));
    await log.close();
    const finished = offsets.map((offset) => collect(fixture.restart().follow('job', offset, forever())));
    for (const viewers of [await Promise.all(live), await Promise.all(finished)]) {
      for (const offset of offsets) {
        const events = viewers[offset] ?? [];
        expect(textOf(events).equals(whole.subarray(offset))).toBe(true);
        expect(events.at(-1)).toEqual({ kind: 'end' });
        checkLineNumbers(events, whole);
      }
    }
  });

  it('past the end waits for that byte', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await addLines(log, 2);
    const from = log.size() + 10;
    const viewer = collect(fixture.store.follow('job', from, forever()));
    await addLines(log, 2);
    await log.close();
    expect(textOf(await viewer).equals((await readLog(fixture.store, 'job')).subarray(from))).toBe(true);
    expect(await collect(fixture.store.follow('job', 1e9, forever()))).toEqual([{ kind: 'end' }]);
  });

  it('of a log that was left unfinished waits for the next writer', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await addLines(log, 1);
    await log.release();
    const store = fixture.restart();
    const viewer = collect(store.follow('job', 0, forever()));
    const reopened = await store.openWriter('job', noSource);
    await addLines(reopened, 1);
    await reopened.close();
    expect(textOf(await viewer).equals(await readLog(store, 'job'))).toBe(true);
  });

  it('ends when its signal is aborted, and is counted while it is there', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    const abort = new AbortController();
    const viewer = collect(fixture.store.follow('job', 0, abort.signal));
    expect(fixture.metrics.get('danube_log_viewers')).toBe(1);
    abort.abort();
    expect(await viewer).toEqual([]);
    expect(fixture.metrics.get('danube_log_viewers')).toBe(0);
    await log.close();
  });

  it('gets its end when the log is removed', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await addLines(log, 1);
    await log.release();
    const viewer = follow();
    await viewer.next();
    const end = viewer.next();
    await fixture.store.remove('job');
    expect((await end).value).toEqual({ kind: 'end' });
  });
});

describe('two hundred viewers', () => {
  it('all get the same bytes, in events that end at line ends', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await addLines(log, 50);
    const viewers = Array.from({ length: 200 }, () => collect(fixture.store.follow('job', 0, forever())));
    for (let round = 0; round < 20; round++) await addLines(log, 40);
    await log.close();
    const whole = await readLog(fixture.store, 'job');
    for (const events of await Promise.all(viewers)) {
      expect(textOf(events).equals(whole)).toBe(true);
      checkLineNumbers(events, whole);
      const texts = events.filter((event) => event.kind === 'text');
      expect(texts.every((event) => event.bytes.at(-1) === 10)).toBe(true);
    }
  });
});

describe('viewers that keep up', () => {
  it('share what is in memory and read nothing from the disk', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    const viewers = Array.from({ length: 20 }, () => collect(fixture.store.follow('job', 0, forever())));
    const read = await bytesRead(async () => {
      for (let round = 0; round < 10; round++) await addLines(log, 10);
      await log.close();
      await Promise.all(viewers);
    });
    expect(read).toBe(0);
    const [first, second] = await Promise.all(viewers.slice(0, 2));
    expect(first).toHaveLength(11);
    expect(first?.[5]).toEqual(second?.[5]);
  });
});

describe('a slow viewer', () => {
  it('that had caught up is moved ahead to a line start and told how much it missed', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    const viewer = follow();
    const first = viewer.next();
    await addLines(log, 1);
    await first;
    for (let round = 0; round < 100; round++) await addLines(log, 100);
    const skipped = (await viewer.next()).value as LogViewEvent;
    const following = (await viewer.next()).value as LogViewEvent;
    const whole = await readLog(fixture.store, 'job');
    if (skipped.kind !== 'skipped' || following.kind !== 'text') throw new Error('expected a jump, then text');
    expect(following.offset).toBe(skipped.offset + skipped.bytes);
    expect(whole[following.offset - 1]).toBe(10);
    expect(whole.length - following.offset).toBeLessThan(50_001);
    expect(whole.subarray(following.offset, following.offset + following.bytes.length)).toEqual(following.bytes);
    expect(fixture.metrics.get('danube_log_skipped_bytes_total')).toBe(skipped.bytes);
    await log.close();
  });

  it('that is still catching up misses nothing', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await addLines(log, 10_000);
    const viewer = follow();
    const events = [(await viewer.next()).value as LogViewEvent];
    await addLines(log, 10_000);
    const rest = { [Symbol.asyncIterator]: () => viewer };
    const others = collect(rest);
    await log.close();
    events.push(...(await others));
    expect(textOf(events).equals(await readLog(fixture.store, 'job'))).toBe(true);
  });

  it('of a finished log misses nothing', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    const viewer = follow();
    const first = viewer.next();
    await addLines(log, 1);
    const events = [(await first).value as LogViewEvent];
    for (let round = 0; round < 100; round++) await addLines(log, 100);
    await log.close();
    events.push(...(await collect({ [Symbol.asyncIterator]: () => viewer })));
    expect(textOf(events).equals(await readLog(fixture.store, 'job'))).toBe(true);
  });
});
