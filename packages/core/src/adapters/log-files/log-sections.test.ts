import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogFixture, noSource, readText } from '@danube/test-support/log-fixture.js';
import type { JobLogWriter } from '../../services/ports/log-store.js';

const build = { sequence: 1, name: 'build' };
const test = { sequence: 2, name: 'test' };

let fixture: LogFixture;
let writer: JobLogWriter;
beforeEach(async () => {
  fixture = await LogFixture.create();
  writer = await fixture.store.openWriter('job', noSource);
});
afterEach(() => fixture.dispose());

function sectionsFrom(line: number, limit = 100) {
  return fixture.store.sections('job', line, limit);
}

it('tells which source printed which lines, whatever the stream', async () => {
  await writer.append(build, 'stdout', 0, Buffer.from('1\n2\n'));
  await writer.append(build, 'stderr', 0, Buffer.from('3\n'));
  await writer.append(test, 'stdout', 0, Buffer.from('4\n'));
  await writer.append(build, 'stdout', 4, Buffer.from('5\n'));
  await writer.remark('end', '6');
  await writer.close();
  expect(await sectionsFrom(1)).toEqual([
    { source: build, firstLine: 1, lastLine: 3 },
    { source: test, firstLine: 4, lastLine: 4 },
    { source: build, firstLine: 5, lastLine: 5 },
    { source: { sequence: -1, name: 'danube' }, firstLine: 6, lastLine: 6 },
  ]);
});

it('goes on where the page before has ended', async () => {
  for (let line = 0; line < 50; line++) {
    await writer.append(line % 2 ? build : test, 'stdout', Math.floor(line / 2) * 2, Buffer.from('x\n'));
  }
  await writer.close();
  const all = await sectionsFrom(1);
  expect(all).toHaveLength(50);
  for (let at = 0; at < 50; at += 7) {
    expect(await sectionsFrom(all[at]?.firstLine ?? 0, 7)).toEqual(all.slice(at, at + 7));
  }
});

it('shows what a growing log has so far, and nothing of one that is not there', async () => {
  await writer.append(build, 'stdout', 0, Buffer.from('1\n2'));
  await expect.poll(() => readText(fixture.store, 'job')).toBe('[build] [stdout] 1\n');
  expect(await sectionsFrom(1)).toEqual([{ source: build, firstLine: 1, lastLine: 1 }]);
  expect(await sectionsFrom(2)).toEqual([]);
  expect(await fixture.store.sections('none', 1, 10)).toEqual([]);
  await writer.release();
});
