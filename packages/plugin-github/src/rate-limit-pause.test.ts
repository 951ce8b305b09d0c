import { DanubeError } from '@danube/plugin-api';
import type { RemoteAnswer } from '@danube/plugin-api/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApp, type AppFixture } from './app/app.fixture.js';
import { RateLimitPause } from './rate-limit-pause.js';

const second = 1000;
const minute = 60 * second;
let fixture: AppFixture;

beforeEach(async () => {
  fixture = await startApp();
});
afterEach(() => fixture.remote.close());

const date = new Date('2026-03-02T12:00:00Z').toUTCString();
const reset = String(Date.parse('2026-03-02T12:20:00Z') / 1000);

test.each<[string, RemoteAnswer, number]>([
  [
    'primary',
    { status: 403, headers: { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } },
    20 * minute,
  ],
  ['secondary', { status: 403, headers: { 'retry-after': '45' } }, 45 * second],
  ['too many requests', { status: 429, headers: { 'retry-after': '5' } }, 5 * second],
  ['unnamed', { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } }, minute],
])('a rate limit (%s) is obeyed without a request until it is over', async (_name, answer, waitMs) => {
  fixture.answerWith(answer);
  const limited = { code: 'github_app_token_failed', category: 'unavailable', retryable: true };
  await expect(fixture.issue()).rejects.toMatchObject({ ...limited, retryAfterMs: waitMs });
  fixture.answerWith(undefined);
  fixture.clock.now += waitMs - second;
  await expect(fixture.issue()).rejects.toMatchObject({ ...limited, retryAfterMs: second });
  expect(fixture.requests).toHaveLength(1);
  fixture.clock.now += second;
  await expect(fixture.issue()).resolves.toMatchObject({ kind: 'https' });
});

test('the pause doubles where the limit stays, up to an hour, and begins anew after a success', async () => {
  const clock = { now: 0 };
  const pause = new RateLimitPause(() => clock.now);
  const limit = new DanubeError('forge_rate_limited', 'limited', {
    category: 'unavailable',
    retryAfterMs: 10 * second,
  });
  const limited = async () => {
    const [result] = await Promise.allSettled([pause.run(() => Promise.reject(limit))]);
    const { retryAfterMs = 0 } = (result as PromiseRejectedResult).reason as DanubeError;
    clock.now += retryAfterMs;
    return retryAfterMs / second;
  };
  const pauses: number[] = [];
  for (let time = 0; time < 9; time += 1) pauses.push(await limited());
  expect(pauses).toEqual([10, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
  expect(await pause.run(() => Promise.resolve('answer'))).toBe('answer');
  expect(await limited()).toBe(10);
});

test('requests that were limited at once make one pause', async () => {
  const pause = new RateLimitPause(() => 0);
  const limit = new DanubeError('forge_rate_limited', 'limited', {
    category: 'unavailable',
    retryAfterMs: 10 * second,
  });
  const results = await Promise.allSettled([1, 2, 3].map(() => pause.run(() => Promise.reject(limit))));
  expect(results.map((result) => ((result as PromiseRejectedResult).reason as DanubeError).retryAfterMs)).toEqual([
    10 * second,
    10 * second,
    10 * second,
  ]);
});

test('other failures make no pause', async () => {
  const pause = new RateLimitPause(() => 0);
  await expect(pause.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await pause.run(() => Promise.resolve(1))).toBe(1);
});
