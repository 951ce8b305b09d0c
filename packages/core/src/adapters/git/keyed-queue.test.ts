import { expect, test } from 'vitest';
import { KeyedQueue } from './keyed-queue.js';

test('work on one key waits for its turn, also behind work that failed', async () => {
  const queue = new KeyedQueue();
  const done: string[] = [];
  const failing = queue.run('a', () => Promise.reject(new Error('no')));
  const second = queue.run('a', () => Promise.resolve(done.push('second')));
  const other = queue.run('b', () => Promise.resolve(done.push('other')));
  await expect(failing).rejects.toThrow('no');
  await Promise.all([second, other]);
  expect(done.sort()).toEqual(['other', 'second']);
});

test('who gives up while waiting is let go at once, and the next still waits for the first', async () => {
  const queue = new KeyedQueue();
  let finish: () => void = () => undefined;
  const done: string[] = [];
  const first = queue.run('a', async () => {
    await new Promise<void>((resolve) => (finish = resolve));
    done.push('first');
  });
  const abort = new AbortController();
  const second = queue.run('a', () => Promise.resolve(done.push('second')), abort.signal);
  const third = queue.run('a', () => Promise.resolve(done.push('third')), new AbortController().signal);
  abort.abort(new Error('cancelled'));
  await expect(second).rejects.toThrow('cancelled');
  expect(done).toEqual([]);
  finish();
  await Promise.all([first, third]);
  expect(done).toEqual(['first', 'third']);
});

test('work that has begun is not let go before it ends', async () => {
  const queue = new KeyedQueue();
  const abort = new AbortController();
  const result = await queue.run(
    'a',
    () => {
      abort.abort(new Error('cancelled'));
      return Promise.resolve('ended');
    },
    abort.signal,
  );
  expect(result).toBe('ended');
});
