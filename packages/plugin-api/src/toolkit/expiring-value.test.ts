import { expect, test } from 'vitest';
import { ExpiringValue, type Expiring } from './expiring-value.js';

/** A renewal whose requests are answered by hand. */
function fixture(options: { readonly timeLimitMs?: number } = {}) {
  const requests: { resolve(expiring: Expiring<string>): void; reject(error: Error): void; signal: AbortSignal }[] = [];
  const clock = { now: 1_000_000 };
  const value = new ExpiringValue<string>({
    renew: (signal) => new Promise((resolve, reject) => requests.push({ resolve, reject, signal })),
    renewBeforeMs: 1000,
    now: () => clock.now,
    ...options,
  });
  return { value, requests, clock, forever: new AbortController().signal };
}

test('twenty callers at once share one request, and later ones the kept value', async () => {
  const { value, requests, clock, forever } = fixture();
  const callers = Array.from({ length: 20 }, () => value.get(new AbortController().signal));
  expect(requests).toHaveLength(1);
  requests[0]?.resolve({ value: 'a', expiresAt: clock.now + 5000 });
  expect(new Set(await Promise.all(callers))).toEqual(new Set(['a']));
  clock.now += 3999;
  expect(await value.get(forever)).toBe('a');
  expect(requests).toHaveLength(1);
});

test('it is renewed before it expires, and when it is forgotten', async () => {
  const { value, requests, clock, forever } = fixture();
  const first = value.get(forever);
  requests[0]?.resolve({ value: 'a', expiresAt: clock.now + 5000 });
  await first;
  clock.now += 4000;
  const second = value.get(forever);
  requests[1]?.resolve({ value: 'b', expiresAt: clock.now + 5000 });
  expect(await second).toBe('b');
  value.forget();
  const third = value.get(forever);
  requests[2]?.resolve({ value: 'c', expiresAt: clock.now + 5000 });
  expect(await third).toBe('c');
});

test('a failure reaches everybody who waits and is not kept', async () => {
  const { value, requests, clock, forever } = fixture();
  const callers = [value.get(forever), value.get(forever)];
  requests[0]?.reject(new Error('down'));
  for (const result of await Promise.allSettled(callers)) {
    expect(result).toMatchObject({ status: 'rejected', reason: { message: 'down' } });
  }
  const next = value.get(forever);
  requests[1]?.resolve({ value: 'a', expiresAt: clock.now + 5000 });
  expect(await next).toBe('a');
});

test('one caller that gives up does not end the request of the others', async () => {
  const { value, requests, clock, forever } = fixture();
  const leaving = new AbortController();
  const left = value.get(leaving.signal);
  const stayed = value.get(forever);
  leaving.abort(new Error('cancelled'));
  await expect(left).rejects.toThrow('cancelled');
  expect(requests[0]?.signal.aborted).toBe(false);
  requests[0]?.resolve({ value: 'a', expiresAt: clock.now + 5000 });
  expect(await stayed).toBe('a');
});

test('when everybody has given up the request ends, and the next caller starts a new one', async () => {
  const { value, requests, clock, forever } = fixture();
  const leaving = new AbortController();
  const left = value.get(leaving.signal);
  leaving.abort(new Error('cancelled'));
  await expect(left).rejects.toThrow('cancelled');
  expect(requests[0]?.signal.aborted).toBe(true);
  const next = value.get(forever);
  requests[1]?.resolve({ value: 'a', expiresAt: clock.now + 5000 });
  expect(await next).toBe('a');
});

test('an aborted caller starts no request', async () => {
  const { value, requests } = fixture();
  await expect(value.get(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  expect(requests).toHaveLength(0);
});

test('a request that does not end is ended by the time limit', async () => {
  const { value, requests, forever } = fixture({ timeLimitMs: 5 });
  await expect(value.get(forever)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(requests[0]?.signal.aborted).toBe(true);
});
