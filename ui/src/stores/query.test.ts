import { createRoot, createSignal } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { createQuery, type QueryOptions } from './query.ts';

let dispose: () => void = () => undefined;
afterEach(() => dispose());

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
  await vi.waitFor(() => expect(query.data).toHaveLength(1));
  setKey('b');
  expect(query.data).toBeUndefined();
  setKey('c');
  expect(asked[1]!.signal.aborted).toBe(true);
  asked[1]!.answer([{ id: '2', text: 'of b' }]);
  asked[2]!.answer([{ id: '3', text: 'of c' }]);
  await vi.waitFor(() => expect(query.data).toEqual([{ id: '3', text: 'of c' }]));
});

test('what was shown stays when asking again fails, and goes on where it succeeds', async () => {
  const { query, asked } = start();
  asked[0]!.answer([{ id: '1', text: 'one' }]);
  await vi.waitFor(() => expect(query.data).toHaveLength(1));
  const shown = query.data![0];
  query.reload();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]!.fail(new ApiError('unavailable', 'not now', 503));
  await vi.waitFor(() => expect(query.error?.message).toBe('not now'));
  expect(query.data).toHaveLength(1);
  query.reload();
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  asked[2]!.answer([{ id: '1', text: 'two' }]);
  await vi.waitFor(() => expect(query.data![0]!.text).toBe('two'));
  expect(query.data![0]).toBe(shown);
  expect(query.error).toBeUndefined();
});

test('wishes that come while an answer is awaited become one question', async () => {
  const { query, asked } = start();
  for (let wish = 0; wish < 5; wish += 1) query.reload();
  asked[0]!.answer([]);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]!.answer([{ id: '9', text: '' }]);
  await vi.waitFor(() => expect(query.data).toHaveLength(1));
  expect(asked).toHaveLength(2);
});
