import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesRead, LogFixture, noSource, readLog } from '@danube/test-support/log-fixture.js';

const LINES = 1_000_000;
let fixture: LogFixture;

beforeAll(async () => {
  fixture = await LogFixture.create();
  const log = await fixture.store.openWriter('job', noSource);
  const raw = Buffer.from(Array.from({ length: LINES }, (_, index) => `line ${index + 1}\n`).join(''));
  for (let at = 0; at < raw.length; at += 65_536) {
    await log.append({ sequence: 1, name: 'build' }, 'stdout', at, raw.subarray(at, at + 65_536));
  }
  await log.close();
});
afterAll(() => fixture.dispose());

async function linesFrom(first: number, last: number): Promise<string[]> {
  const range = await fixture.store.locateLines('job', first, last);
  const text = (await readLog(fixture.store, 'job', range.from, range.to)).toString();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(/^.*\[stdout\] /, ''));
}

describe('lines by number', () => {
  it.each([
    ['in the middle', 900_000, 900_050],
    ['at the start', 1, 3],
    ['at the end', 999_999, 1_000_000],
    ['a single one', 500_000, 500_000],
  ])('finds lines %s', async (_, first, last) => {
    const expected = Array.from({ length: last - first + 1 }, (_, index) => `line ${first + index}`);
    expect(await linesFrom(first, last)).toEqual(expected);
  });

  it('clips at the end and at the start', async () => {
    expect(await linesFrom(999_999, 5_000_000)).toEqual(['line 999999', 'line 1000000']);
    expect(await linesFrom(-5, 1)).toEqual(['line 1']);
    expect(await linesFrom(1_000_001, 1_000_005)).toEqual([]);
    expect(await linesFrom(10, 9)).toEqual([]);
  });

  it('reads little of a large log', async () => {
    const read = await bytesRead(async () => {
      expect(await linesFrom(900_000, 900_050)).toHaveLength(51);
    });
    expect(await fixture.store.size('job')).toBeGreaterThan(50_000_000);
    expect(read).toBeLessThan(2_000_000);
    expect(read).toBeGreaterThan(0);
  });
});
