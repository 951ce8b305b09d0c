import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.js';

const now = Date.parse('2026-01-06T12:00:00Z');
const inTenMinutes = String(now / 1000 + 600);

test.each<[Record<string, string>, number | undefined]>([
  [{}, undefined],
  [{ 'retry-after': '30' }, 30_000],
  [{ 'retry-after': '0' }, 1000],
  [{ 'retry-after': '999999' }, 3_600_000],
  [{ 'retry-after': 'Tue, 06 Jan 2026 12:01:00 GMT' }, 60_000],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '30', 'x-ratelimit-reset': inTenMinutes }, 30_000],
  [{ 'x-ratelimit-reset': inTenMinutes }, 600_000],
  [{ 'ratelimit-reset': inTenMinutes }, 600_000],
  [{ 'ratelimit-reset': '42' }, 42_000],
  [{ 'x-ratelimit-reset': '1' }, 1000],
  [{ 'x-ratelimit-reset': '-5' }, undefined],
  // the clock of the forge is ten minutes ahead of ours
  [{ 'x-ratelimit-reset': inTenMinutes, date: 'Tue, 06 Jan 2026 12:09:00 GMT' }, 60_000],
])('%j means %s ms', (headers, wait) => {
  expect(retryAfterMs(new Headers(headers), now)).toBe(wait);
});
