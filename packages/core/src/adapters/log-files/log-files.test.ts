import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES } from '../../domain/log/cut-batch.js';
import { linesOf, LogFixture, noSource, readLog, readText } from '@danube/test-support/log-fixture.js';

const step = { sequence: 1, name: 'unit tests' };
let fixture: LogFixture;

beforeEach(async () => {
  fixture = await LogFixture.create();
});
afterEach(() => fixture.dispose());

describe('a job log', () => {
  it('has one line per line of output, in the format that users rely on', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('hello\nwor'));
    await log.append(step, 'stderr', 0, Buffer.from('oops\n'));
    await log.append(step, 'stdout', 9, Buffer.from('ld\n'));
    await log.close();
    const head = '[2026-01-06T12:34:56.789Z] [unit tests]';
    const expected = `${head} [stdout] hello\n${head} [stderr] oops\n${head} [stdout] world\n`;
    expect((await readLog(fixture.store, 'job')).toString()).toBe(expected);
    expect(await fixture.store.size('job')).toBe(expected.length);
    expect(await fixture.store.countLines('job')).toBe(3);
  });

  it('holds a line back until its end comes or its source ends', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('no end'));
    expect(log.position(step)).toEqual({ stdout: 0, stderr: 0 });
    expect(log.size()).toBe(0);
    await log.finishSource(step);
    expect(log.position(step)).toEqual({ stdout: 6, stderr: 0 });
    expect(await readText(fixture.store, 'job')).toBe('[unit tests] [stdout] no end\n');
    await log.close();
  });

  it('keeps UTF-8 that is split across appends whole', async () => {
    const raw = Buffer.from('é€🚀 done\n');
    const log = await fixture.store.openWriter('job', noSource);
    for (let at = 0; at < raw.length; at++) await log.append(step, 'stdout', at, raw.subarray(at, at + 1));
    await log.close();
    expect(await readText(fixture.store, 'job')).toBe('[unit tests] [stdout] é€🚀 done\n');
  });

  it('does not keep hold of a buffer that its caller uses again', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    const buffer = Buffer.from('a\nb');
    await log.append(step, 'stdout', 0, buffer);
    buffer.fill('X');
    await log.append(step, 'stdout', 3, Buffer.from('c\n'));
    await log.close();
    expect(await readText(fixture.store, 'job')).toBe('[unit tests] [stdout] a\n[unit tests] [stdout] bc\n');
  });

  it('stores arbitrary bytes unchanged', async () => {
    const raw = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) % 256));
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, raw);
    await log.close();
    const lines = linesOf(await readLog(fixture.store, 'job'), step.name, 'stdout');
    expect(lines.join('\n')).toBe(raw.toString('latin1'));
  });

  it('keeps carriage returns before line ends', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('a\r\nb\r\n'));
    await log.close();
    expect(await readText(fixture.store, 'job')).toBe('[unit tests] [stdout] a\r\n[unit tests] [stdout] b\r\n');
  });

  it('cuts a line of 1 MB into bounded lines and does not wait for its end', async () => {
    const raw = Buffer.alloc(1_000_000, 'x');
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, raw);
    await log.finishSource({ sequence: 2, name: 'other' });
    expect(log.position(step).stdout).toBe(Math.floor(raw.length / MAX_LINE_BYTES) * MAX_LINE_BYTES);
    await log.close();
    const lines = linesOf(await readLog(fixture.store, 'job'), step.name, 'stdout');
    expect(lines.join('')).toBe(raw.toString());
    expect(Math.max(...lines.map((line) => line.length))).toBe(MAX_LINE_BYTES);
  });

  it('makes a name safe to stand between brackets', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append({ sequence: 1, name: 'a]\n[b' }, 'stdout', 0, Buffer.from('x\n'));
    await log.close();
    expect(await readText(fixture.store, 'job')).toBe('[a___b] [stdout] x\n');
  });
});

describe('several steps at once', () => {
  it('keep their own order, each line whole', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    const write = async (sequence: number, stream: 'stdout' | 'stderr') => {
      const raw = Buffer.from(Array.from({ length: 2000 }, (_, line) => `${sequence} ${stream} ${line}\n`).join(''));
      for (let at = 0, size = 1; at < raw.length; at += size, size = ((size * 31) % 97) + 1) {
        await log.append({ sequence, name: `step-${sequence}` }, stream, at, raw.subarray(at, at + size));
      }
      return raw.toString();
    };
    const written = await Promise.all([1, 2, 3].flatMap((one) => [write(one, 'stdout'), write(one, 'stderr')]));
    await log.close();
    const bytes = await readLog(fixture.store, 'job');
    const read = [1, 2, 3].flatMap((one) => [
      linesOf(bytes, `step-${one}`, 'stdout').join('\n') + '\n',
      linesOf(bytes, `step-${one}`, 'stderr').join('\n') + '\n',
    ]);
    expect(read).toEqual(written);
    expect(await fixture.store.countLines('job')).toBe(12_000);
  });
});

describe('append', () => {
  it('ignores what has come before, pending bytes included', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('one\ntw'));
    await log.append(step, 'stdout', 0, Buffer.from('one\ntwo\n'));
    await log.append(step, 'stdout', 4, Buffer.from('two'));
    await log.close();
    expect(await readText(fixture.store, 'job')).toBe('[unit tests] [stdout] one\n[unit tests] [stdout] two\n');
  });

  it('refuses a gap and says where to go on', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('one\n'));
    await expect(log.append(step, 'stdout', 5, Buffer.from('x'))).rejects.toMatchObject({ code: 'log_gap' });
    await log.append(step, 'stdout', 4, Buffer.from('two\n'));
    await log.close();
    expect(await fixture.store.countLines('job')).toBe(2);
  });

  it('refuses a closed log', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.close();
    await expect(log.append(step, 'stdout', 0, Buffer.from('x'))).rejects.toMatchObject({ code: 'log_closed' });
  });
});

describe('the store', () => {
  it('lets one writer at a time write a log', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await expect(fixture.store.openWriter('job', noSource)).rejects.toMatchObject({ code: 'log_in_use' });
    await expect(fixture.store.remove('job')).rejects.toMatchObject({ code: 'log_in_use' });
    await log.release();
    await (await fixture.store.openWriter('job', noSource)).close();
  });

  it('can try again after an opening that failed', async () => {
    await writeFile(join(fixture.settings.directory, 'file'), '');
    const misplaced = await LogFixture.create({ directory: join(fixture.settings.directory, 'file') });
    await expect(misplaced.store.openWriter('job', noSource)).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(misplaced.store.openWriter('job', noSource)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it('knows nothing of a log that is not there, and removes it twice', async () => {
    expect(await fixture.store.size('job')).toBeUndefined();
    expect(await fixture.store.countLines('job')).toBe(0);
    expect(await fixture.store.locateLines('job', 1, 10)).toEqual({ from: 0, to: 0 });
    expect(await readLog(fixture.store, 'job')).toHaveLength(0);
    await (await fixture.store.openWriter('job', noSource)).close();
    expect(await fixture.store.size('job')).toBe(0);
    await fixture.store.remove('job');
    await fixture.store.remove('job');
    expect(await fixture.store.size('job')).toBeUndefined();
  });

  it('refuses an id that would leave its folder', async () => {
    await expect(fixture.store.size('../../etc/passwd')).rejects.toMatchObject({ code: 'job_id_invalid' });
  });

  it('counts what it stores', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('a\nb\n'));
    await log.close();
    expect(fixture.metrics.get('danube_log_lines_total')).toBe(2);
    expect(fixture.metrics.get('danube_log_bytes_total')).toBe(await fixture.store.size('job'));
  });
});
