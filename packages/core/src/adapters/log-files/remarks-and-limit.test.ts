import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linesOf, LogFixture, noSource, readLog, readText } from '@danube/test-support/log-fixture.js';

const step = { sequence: 1, name: 'build' };
let fixture: LogFixture;

beforeEach(async () => {
  fixture = await LogFixture.create();
});
afterEach(() => fixture.dispose());

describe('a remark', () => {
  it('stands between the lines of steps, under the name danube', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.remark('checkout', 'checked out 1a2b3c');
    await log.append(step, 'stdout', 0, Buffer.from('x\n'));
    await log.remark('end', 'two\nlines');
    await log.close();
    expect(await readText(fixture.store, 'job')).toBe(
      '[danube] [stdout] checked out 1a2b3c\n[build] [stdout] x\n[danube] [stdout] two\n[danube] [stdout] lines\n',
    );
  });

  it('given twice with the same key stands once, also at the same time and after a restart', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await Promise.all([log.remark('a', 'first'), log.remark('a', 'again'), log.remark('b', 'second')]);
    await log.release();
    const reopened = await fixture.restart().openWriter('job', noSource);
    await reopened.remark('b', 'again');
    await reopened.remark('c', 'third');
    await reopened.close();
    const again = await fixture.restart().openWriter('job', noSource);
    for (const key of ['a', 'b', 'c']) await again.remark(key, 'again');
    await again.close();
    const lines = linesOf(await readLog(fixture.restart(), 'job'), 'danube', 'stdout');
    expect(lines).toEqual(['first', 'second', 'third']);
  });

  it('is in the log when its promise resolves', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.remark('a', 'here');
    expect(log.size()).toBe((await readLog(fixture.restart(), 'job')).length);
    await log.close();
  });

  it('is cut off where a line may not be longer', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.remark('a', 'x'.repeat(1_000_000));
    await log.remark('b', 'after');
    await log.close();
    const lines = linesOf(await readLog(fixture.store, 'job'), 'danube', 'stdout');
    expect(lines).toEqual(['x'.repeat(65536), 'after']);
  });
});

describe('the limit of a log', () => {
  const output = Buffer.from('0123456789\n'.repeat(20_000));

  it('ends the storing with one line that names it, while steps go on', async () => {
    const limited = await LogFixture.create({ ...fixture.settings, maxBytes: 500_000 });
    const log = await limited.store.openWriter('job', noSource);
    for (let at = 0; at < output.length; at += 1000) {
      await log.append(step, 'stdout', at, output.subarray(at, at + 1000));
    }
    await log.finishSource(step);
    expect(log.position(step).stdout).toBe(output.length);
    await log.remark('end', 'still said');
    await log.close();

    const bytes = await readLog(limited.store, 'job');
    expect(bytes.length).toBeLessThan(501_000);
    expect(bytes.length).toBeGreaterThan(490_000);
    expect(linesOf(bytes, 'danube', 'stdout')).toEqual([
      'this log has reached its limit of 500000 bytes: output from here on is not stored',
      'still said',
    ]);
  });

  it('stays in force after a restart', async () => {
    const limited = await LogFixture.create({ ...fixture.settings, maxBytes: 1000 });
    const log = await limited.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, output.subarray(0, 110));
    await log.append(step, 'stdout', 110, output.subarray(110, 2200));
    await log.release();
    const before = await readText(limited.store, 'job');
    expect(before).toContain('reached its limit');

    const reopened = await limited.restart().openWriter('job', noSource);
    const { stdout } = reopened.position(step);
    await reopened.append(step, 'stdout', stdout, output.subarray(stdout, stdout + 11));
    await reopened.close();
    expect(await readText(limited.store, 'job')).toBe(before);
  });
});
