import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFixture, noSource } from '@danube/test-support/log-fixture.js';
import type { LogSearch, LogSearchProgress } from '../../../services/ports/log-store.js';
import { LogSearches } from './log-searches.js';
import { logPaths } from '../log-paths.js';

const step = { sequence: 1, name: 'the step' };
const never = new AbortController().signal;

let fixture: LogFixture;
beforeEach(async () => {
  fixture = await LogFixture.create();
});
afterEach(() => fixture.dispose());

async function writeLog(text: string): Promise<void> {
  const writer = await fixture.store.openWriter('job', noSource);
  await writer.append(step, 'stdout', 0, Buffer.from(text));
  await writer.finishSource(step);
  await writer.close();
}

function searchFor(text: string, changes: Partial<LogSearch> = {}): LogSearch {
  return { text, regex: false, matchCase: false, fromLine: 1, limit: 1000, ...changes };
}

async function find(text: string, changes: Partial<LogSearch> = {}): Promise<number[]> {
  const found: number[] = [];
  await fixture.store.search('job', searchFor(text, changes), ({ lines }) => found.push(...lines), never);
  return found;
}

describe('a search', () => {
  beforeEach(() => writeLog('One error\ntwo\nan ERROR here\n\x1b[31mFA\x1b[1mIL\x1b[0m: ü (x)\nlast\n'));

  it.each<[string, Partial<LogSearch>, number[]]>([
    ['error', {}, [1, 3]],
    ['ERROR', { matchCase: true }, [3]],
    ['error', { fromLine: 2 }, [3]],
    ['error', { limit: 1 }, [1]],
    ['error', { fromLine: 99 }, []],
    ['FAIL: ü', { matchCase: true }, [4]],
    ['(X)', {}, [4]],
    ['e.*R', { regex: true }, [1, 3]],
    ['^(two|last)$', { regex: true }, [2, 5]],
    ['31m', {}, []],
    ['the step', {}, []],
    ['stdout', {}, []],
    ['two\nan', {}, []],
  ])('for %j %j finds %j', async (text, changes, lines) => {
    expect(await find(text, changes)).toEqual(lines);
  });
});

it('covers a log of many blocks, and tells how far it has come', async () => {
  await writeLog(Array.from({ length: 60_000 }, (_, index) => `line ${index + 1} of some length\n`).join(''));
  const progress: LogSearchProgress[] = [];
  await fixture.store.search('job', searchFor('9999 '), (one) => progress.push(one), never);
  expect(progress.length).toBeGreaterThan(3);
  expect(progress.flatMap(({ lines }) => lines)).toEqual([9_999, 19_999, 29_999, 39_999, 49_999, 59_999]);
  expect(progress.at(-1)?.searchedTo).toBe(60_000);
});

it('covers what a running job has printed so far', async () => {
  const writer = await fixture.store.openWriter('job', noSource);
  await writer.append(step, 'stdout', 0, Buffer.from('a\nb\n'));
  await expect.poll(() => find('b')).toEqual([2]);
  await writer.append(step, 'stdout', 4, Buffer.from('b again\n'));
  await expect.poll(() => find('b')).toEqual([2, 3]);
  await writer.release();
});

it('finds nothing in a log that is not there', async () => {
  expect(await find('x')).toEqual([]);
});

it('gives up a regular expression that would take for ever, and searches on for others', async () => {
  await writeLog(`${'a'.repeat(60)}!\n`);
  const searches = new LogSearches(50);
  const size = (await fixture.store.size('job')) ?? 0;
  const extent = { size, lines: 1, records: 1, complete: true };
  const paths = logPaths(fixture.settings.directory, 'job');
  const endless = searchFor('^(a+)+$', { regex: true });
  const outcome = searches.run(paths, extent, endless, () => undefined, never);
  await expect(outcome).rejects.toMatchObject({ code: 'log_search_too_slow', category: 'invalid' });
  expect(await find('!')).toEqual([1]);
});

it('ends when nobody waits for it any more', async () => {
  await writeLog(`${'a'.repeat(60)}!\n`);
  const gone = new AbortController();
  const endless = searchFor('^(a+)+$', { regex: true });
  const searches = [1, 2, 3].map(() => fixture.store.search('job', endless, () => undefined, gone.signal));
  const outcomes = Promise.allSettled(searches);
  gone.abort(new Error('gone'));
  expect(await outcomes).toEqual(Array(3).fill({ status: 'rejected', reason: new Error('gone') }));
  expect(await find('!')).toEqual([1]);
});
