import PQueue from 'p-queue';

const atOnce = 4;

/** Works on a few at a time. The first failure is thrown once the others, which it aborts, have ended. */
export async function eachAtOnce<T, R>(
  items: readonly T[],
  work: (item: T, signal: AbortSignal) => Promise<R>,
  signal: AbortSignal,
): Promise<readonly R[]> {
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const queue = new PQueue({ concurrency: atOnce });
  const results: R[] = [];
  const attempt = async (item: T, index: number): Promise<void> => {
    if (stop.aborted) return;
    try {
      results[index] = await work(item, stop);
    } catch (error) {
      failure.abort(error);
    }
  };
  await Promise.all(items.map((item, index) => queue.add(() => attempt(item, index))));
  stop.throwIfAborted();
  return results;
}
