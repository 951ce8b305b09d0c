import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LogFixture, noSource, readText } from '@danube/test-support/log-fixture.js';

const step = { sequence: 1, name: 'build' };
let fixture: LogFixture;
let handles: FileHandle;

beforeEach(async () => {
  fixture = await LogFixture.create();
  const probe = await open(tmpdir(), 'r');
  handles = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await fixture.dispose();
});

/** Makes the next write fail as a broken disk does. */
function breakWrite(): void {
  const error = Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' });
  vi.spyOn(handles, 'writev').mockRejectedValueOnce(error);
}

describe('a write that fails for good', () => {
  const failure = { code: 'log_write_failed', retryable: true };

  it('is told to everyone who waits for the log, and closing lets go of it', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    breakWrite();
    await log.append(step, 'stdout', 0, Buffer.from('one\n'));
    await expect(log.finishSource(step)).rejects.toMatchObject(failure);
    await expect(log.append(step, 'stdout', 4, Buffer.from('two\n'))).rejects.toMatchObject(failure);
    await expect(log.remark('a', 'text')).rejects.toMatchObject(failure);
    await expect(log.close()).rejects.toMatchObject(failure);
    expect(log.position(step).stdout).toBe(0);

    const reopened = await fixture.store.openWriter('job', noSource);
    await reopened.append(step, 'stdout', 0, Buffer.from('one\ntwo\n'));
    await reopened.remark('a', 'text');
    await reopened.close();
    expect(await readText(fixture.store, 'job')).toBe(
      '[build] [stdout] one\n[build] [stdout] two\n[danube] [stdout] text\n',
    );
  });

  it('in a remark can be tried again with a new writer', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    breakWrite();
    await expect(log.remark('a', 'text')).rejects.toMatchObject(failure);
    await log.release();
    const reopened = await fixture.store.openWriter('job', noSource);
    await reopened.remark('a', 'text');
    await reopened.close();
    expect(await readText(fixture.store, 'job')).toBe('[danube] [stdout] text\n');
  });
});
