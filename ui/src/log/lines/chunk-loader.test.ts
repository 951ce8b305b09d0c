import { expect, it, vi } from 'vitest';
import { ChunkLoader } from './chunk-loader.ts';

function loaderOfManual() {
  const started: number[] = [];
  const ends = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  const settled = vi.fn();
  const loader = new ChunkLoader((chunk) => {
    started.push(chunk);
    return new Promise((resolve, reject) => ends.set(chunk, { resolve, reject }));
  }, settled);
  return { loader, started, ends, settled };
}

it('loads what is wanted now, and not what was wanted before', async () => {
  const { loader, started, ends, settled } = loaderOfManual();
  loader.want([1, 2, 3, 4, 5]);
  loader.want([2, 8, 9]);
  expect(started).toEqual([1, 2, 3]);
  ends.get(1)?.resolve();
  ends.get(3)?.resolve();
  await vi.waitFor(() => expect(settled).toHaveBeenCalledTimes(2));
  expect(started).toEqual([1, 2, 3, 8, 9]);
});

it('asks for what could not be loaded again only after a while', async () => {
  vi.useFakeTimers();
  const { loader, started, ends, settled } = loaderOfManual();
  loader.want([1]);
  ends.get(1)?.reject(new Error('network'));
  await vi.advanceTimersByTimeAsync(100);
  loader.want([1]);
  expect([started, settled.mock.calls.length]).toEqual([[1], 0]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(settled).toHaveBeenCalledOnce();
  loader.want([1]);
  expect(started).toEqual([1, 1]);
  vi.useRealTimers();
});
