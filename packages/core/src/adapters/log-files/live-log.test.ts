import { expect, it } from 'vitest';
import { LiveLog } from './live-log.js';
import { emptyExtent } from './log-index.js';

const never = new AbortController().signal;

it('does not lose a change that came before the waiting began', async () => {
  const live = new LiveLog();
  const { version } = live;
  live.announce();
  await live.changedSince(version, never);
});

it('keeps the last bytes only while somebody watches', () => {
  const live = new LiveLog();
  live.advance({ ...emptyExtent, size: 4, lines: 1 }, [Buffer.from('one\n')]);
  expect(live.recentFrom(0)).toBeUndefined();
  live.join();
  live.advance({ ...emptyExtent, size: 12, lines: 3 }, [Buffer.from('two\n'), Buffer.from('six\n')]);
  expect(live.recentFrom(3)).toBeUndefined();
  expect(live.recentFrom(6)).toEqual({ offset: 6, line: 2, bytes: Buffer.from('o\nsix\n') });
  expect(live.recentFrom(9)).toEqual({ offset: 9, line: 3, bytes: Buffer.from('ix\n') });
  expect(live.recentFrom(12)).toBeUndefined();
  live.leave();
  expect(live.recentFrom(6)).toBeUndefined();
});

it('keeps a bounded number of bytes', () => {
  const live = new LiveLog();
  live.join();
  const bytes = Buffer.alloc(1000, '\n');
  for (let size = 1000; size <= 1_000_000; size += 1000) live.advance({ ...emptyExtent, size }, [bytes]);
  expect(live.recentLineStart(0)).toBeGreaterThan(1_000_000 - 300_000);
  expect(live.recentLineStart(999_500)).toBe(1_000_000);
});
