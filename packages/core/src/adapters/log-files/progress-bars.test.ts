import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFixture, noSource, readText } from '@danube/test-support/log-fixture.js';

const step = { sequence: 1, name: 'fetch' };
const other = { sequence: 2, name: 'other' };
let fixture: LogFixture;

beforeEach(async () => {
  fixture = await LogFixture.create();
});
afterEach(() => fixture.dispose());

describe('a progress bar', () => {
  it('comes into the log once a second, up to its last carriage return', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    const raw = Buffer.from('10%\r20%\r30%\r40%\rdone\n');
    await log.append(step, 'stdout', 0, raw.subarray(0, 10));
    fixture.clock.advance(999);
    await log.finishSource(other);
    expect(log.size()).toBe(0);

    fixture.clock.advance(1);
    await log.finishSource(other);
    expect(log.position(step).stdout).toBe(8);
    expect(await readText(fixture.store, 'job')).toBe('[fetch] [stdout] 10%\r20%\r\n');

    await log.append(step, 'stdout', 10, raw.subarray(10, 16));
    fixture.clock.advance(1000);
    await log.append(step, 'stdout', 16, raw.subarray(16));
    await log.close();
    const lines = ['10%\r20%\r', '30%\r40%\r', 'done'].map((text) => `[fetch] [stdout] ${text}\n`);
    expect(await readText(fixture.store, 'job')).toBe(lines.join(''));
  });

  it('that ends its line within the second is one line, and younger text waits its own second', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('1%\r2%\r'));
    fixture.clock.advance(900);
    await log.append(step, 'stdout', 6, Buffer.from('3%\r\nnext 1%\r'));
    fixture.clock.advance(900);
    await log.finishSource(other);
    expect(await readText(fixture.store, 'job')).toBe('[fetch] [stdout] 1%\r2%\r3%\r\n');
    fixture.clock.advance(100);
    await log.close();
    expect(await readText(fixture.store, 'job')).toBe('[fetch] [stdout] 1%\r2%\r3%\r\n[fetch] [stdout] next 1%\r\n');
  });

  it('leaves no timer behind', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('1%\r'));
    await log.append(other, 'stderr', 0, Buffer.from('1%\r'));
    expect(fixture.clock.pending).toBe(2);
    await log.finishSource(step);
    expect(fixture.clock.pending).toBe(1);
    await log.release();
    expect(fixture.clock.pending).toBe(0);
  });
});

describe('a prompt without line end', () => {
  it('waits for its line end however long that takes', async () => {
    const log = await fixture.store.openWriter('job', noSource);
    await log.append(step, 'stdout', 0, Buffer.from('Name: '));
    expect(fixture.clock.pending).toBe(0);
    await log.append(step, 'stdout', 6, Buffer.from('x\n'));
    await log.close();
    expect(await readText(fixture.store, 'job')).toBe('[fetch] [stdout] Name: x\n');
  });
});
