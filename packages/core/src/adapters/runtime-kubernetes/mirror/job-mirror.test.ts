import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutputStream } from '../../../services/ports/job-runtime.js';
import { JobMirror } from './job-mirror.js';

describe('the mirror of a job', () => {
  let root: string;
  let mirror: JobMirror;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'danube-mirror-'));
    mirror = new JobMirror(join(root, 'job'));
    await mirror.create();
    await mirror.markStarted();
  });
  afterEach(async () => {
    await mirror.close();
    rmSync(root, { recursive: true, force: true });
  });

  const output = (sequence: number, stream: OutputStream, offset: number, text: string) =>
    mirror.take({ kind: 'output', sequence, stream, offset, bytes: Buffer.from(text) });
  const exit = (sequence: number, record: string) => mirror.take({ kind: 'exit', sequence, record });

  test('goes on where it stands, also as another object over the same folder', async () => {
    await output(0, 'stdout', 0, 'one');
    await output(0, 'stderr', 0, 'e');
    await output(1, 'stdout', 0, 'step');
    await exit(1, '0 1 2 kept\n');
    const again = new JobMirror(mirror.folder);
    expect(await again.positions()).toEqual({ have: { 0: [3, 1] }, ended: [1] });
    await again.take({ kind: 'output', sequence: 0, stream: 'stdout', offset: 3, bytes: Buffer.from(' two') });
    await again.close();
    expect(readFileSync(join(mirror.process(0), 'out'), 'utf8')).toBe('one two');
  });

  test('takes what it has already once', async () => {
    await output(0, 'stdout', 0, 'abcdef');
    await output(0, 'stdout', 2, 'cdefgh');
    await output(0, 'stdout', 0, 'abc');
    expect(readFileSync(join(mirror.process(0), 'out'), 'utf8')).toBe('abcdefgh');
  });

  test('an exit record stands against a later loss, and a loss until there is a record', async () => {
    await exit(1, '3 10 20 kept\n');
    await mirror.lose(1, 'too late');
    expect(await mirror.findEnd(1)).toMatchObject({ kind: 'exited', exitCode: 3, startedAt: 10, finishedAt: 20 });
    await mirror.expect(2);
    expect(await mirror.findEnd(2)).toBeUndefined();
    await mirror.lose(2, 'its node is gone');
    expect(await mirror.findEnd(2)).toEqual({ kind: 'lost', reason: 'its node is gone' });
    await exit(2, '0 1 2 kept\n');
    expect(await mirror.findEnd(2)).toMatchObject({ kind: 'exited', exitCode: 0 });
  });

  test('tells when ends arrive, and that they did not in time', async () => {
    await Promise.all([mirror.expect(1), mirror.expect(2)]);
    const both = mirror.awaitEnds([1, 2], 10_000);
    await exit(2, '0 1 2 kept\n');
    expect(await mirror.awaitEnds([1], 20)).toBe(false);
    await mirror.lose(1, 'gone');
    expect(await both).toBe(true);
  });

  test('is a start only once it was marked, and nothing when it was removed', async () => {
    const unmarked = new JobMirror(join(root, 'other'));
    await unmarked.create();
    expect(await unmarked.wasStarted()).toBe(false);
    expect(await new JobMirror(mirror.folder).wasStarted()).toBe(true);
    await output(0, 'stdout', 0, 'x');
    await mirror.remove();
    await mirror.remove();
    expect([existsSync(mirror.folder), await mirror.wasStarted()]).toEqual([false, false]);
    expect(await mirror.findEnd(0)).toMatchObject({ kind: 'lost' });
  });

  test('of which a crash has left a part while it was removed has nothing to wait for', async () => {
    await mirror.remove();
    mkdirSync(mirror.process(0), { recursive: true });
    expect(await mirror.findEnd(0)).toMatchObject({ kind: 'lost' });
    expect(await mirror.unended()).toEqual([]);
  });
});
