import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { linesOf, LogFixture, noSource, readLog } from '@danube/test-support/log-fixture.js';
import type { ReadSource } from '../../services/ports/log-store.js';

const SIZE = 4 * 1024 * 1024;
const ROOM = 512 * 1024;
const step = { sequence: 1, name: 'build' };
const raw = Buffer.from('0123456789abcdef\n'.repeat(50_000));
const disk = mkdtempSync(join(tmpdir(), 'danube-disk-'));
const mounted = mount();

function mount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

afterAll(() => {
  if (mounted) execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

describe.skipIf(!mounted)('on a full disk (needs the right to mount a tmpfs)', () => {
  let fixture: LogFixture;

  beforeEach(async () => {
    await rm(join(disk, 'logs'), { recursive: true, force: true });
    await writeFile(join(disk, 'filler'), Buffer.alloc(SIZE - ROOM));
    fixture = await LogFixture.create({ directory: join(disk, 'logs') });
  });

  /** Resolves when the writer waits for room. */
  async function waiting(): Promise<void> {
    while (fixture.clock.pending === 0) await new Promise(setImmediate);
  }

  it('a log waits for room, says so once, and goes on by itself without a gap', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    let taken = 0;
    const writing = (async () => {
      for (; taken < raw.length; taken += 1000) {
        await log.append(step, 'stdout', taken, raw.subarray(taken, taken + 1000));
      }
      await log.close();
    })();
    await waiting();
    fixture.clock.advance(250);
    await waiting();
    expect(fixture.loggers.messages('warn')).toEqual(['the disk is full; the job log waits for room']);
    expect(fixture.loggers.messages('info')).toEqual([]);

    await rm(join(disk, 'filler'));
    fixture.clock.advance(5000);
    await writing;
    expect(fixture.loggers.messages('info')).toEqual(['the disk has room again; the job log goes on']);
    const lines = linesOf(await readLog(fixture.store, 'job'), 'build', 'stdout');
    expect(`${lines.join('\n')}\n`).toBe(raw.toString());
  });

  it('a log can be released, and the rest comes from the raw output later', async () => {
    const source: ReadSource = (_sequence, _stream, offset, length) =>
      Promise.resolve(raw.subarray(offset, offset + length));
    const log = await fixture.store.openWriter('job', source);
    const writing = log.append(step, 'stdout', 0, raw);
    writing.catch(() => undefined);
    await waiting();
    await log.release();
    await expect(writing).rejects.toMatchObject({ code: 'log_write_failed' });

    await rm(join(disk, 'filler'));
    const reopened = await fixture.restart().openWriter('job', source);
    const { stdout } = reopened.position(step);
    await reopened.append(step, 'stdout', stdout, raw.subarray(stdout));
    await reopened.close();
    const lines = linesOf(await readLog(fixture.store, 'job'), 'build', 'stdout');
    expect(`${lines.join('\n')}\n`).toBe(raw.toString());
  });
});
