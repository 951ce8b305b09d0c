import { createRoot, createSignal } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { createQuery, type QueryOptions } from './query.ts';

let dispose: () => void = () => undefined;
afterEach(() => dispose());

/** Awaits what is checked. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });

interface Item {
  readonly id: string;
  readonly text: string;
}

/** A query whose answers the test gives, one by one. */
function start(options: QueryOptions = {}) {
  const asked: { key: string; signal: AbortSignal; answer: (items: Item[]) => void; fail: (error: Error) => void }[] =
    [];
  return createRoot((end) => {
    dispose = end;
    const [key, setKey] = createSignal('a');
    const query = createQuery(
      key,
      (current, signal) =>
        new Promise<Item[]>((resolve, reject) => asked.push({ key: current, signal, answer: resolve, fail: reject })),
      options,
    );
    return { query, setKey, asked };
  });
}

test('an answer to an earlier key is dropped, and nothing of it is shown under the new one', async () => {
  const { query, setKey, asked } = start();
  asked[0]!.answer([{ id: '1', text: 'of a' }]);
  await eventually(() => expect(query.data).toHaveLength(1));
  setKey('b');
  expect(query.data).toBeUndefined();
  setKey('c');
  expect(asked[1]!.signal.aborted).toBe(true);
  asked[2]!.answer([{ id: '3', text: 'of c' }]);
  await eventually(() => expect(query.data).toEqual([{ id: '3', text: 'of c' }]));
  asked[1]!.answer([{ id: '2', text: 'of b' }]);
  // all that the late answer sets off has happened by the next turn of the event loop
  await new Promise((resolve) => setTimeout(resolve));
  expect(query.data).toEqual([{ id: '3', text: 'of c' }]);
});

test('what was shown stays when asking again fails, and goes on where it succeeds', async () => {
  const { query, asked } = start();
  asked[0]!.answer([{ id: '1', text: 'one' }]);
  await eventually(() => expect(query.data).toHaveLength(1));
  const shown = query.data![0];
  query.reload();
  await eventually(() => expect(asked).toHaveLength(2));
  asked[1]!.fail(new ApiError('unavailable', 'not now', 503));
  await eventually(() => expect(query.error?.message).toBe('not now'));
  expect(query.data).toHaveLength(1);
  query.reload();
  await eventually(() => expect(asked).toHaveLength(3));
  asked[2]!.answer([{ id: '1', text: 'two' }]);
  await eventually(() => expect(query.data![0]!.text).toBe('two'));
  expect(query.data![0]).toBe(shown);
  expect(query.error).toBeUndefined();
});

test('wishes that come while an answer is awaited become one question', async () => {
  const { query, asked } = start();
  for (let wish = 0; wish < 5; wish += 1) query.reload();
  asked[0]!.answer([]);
  await eventually(() => expect(asked).toHaveLength(2));
  asked[1]!.answer([{ id: '9', text: '' }]);
  await eventually(() => expect(query.data).toHaveLength(1));
  expect(asked).toHaveLength(2);
});
