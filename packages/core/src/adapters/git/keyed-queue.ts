/** Runs work one at a time for each key, in the order of the calls. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** @throws the signal's reason as soon as it aborts, unless the work has begun; what the work throws */
  run<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = unlessAborted(before, signal).then(work);
    const tail = Promise.allSettled([before, result]);
    this.#tails.set(key, tail);
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    return result;
  }
}

function unlessAborted(waiting: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal?.reason as Error);
    if (signal?.aborted === true) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    void waiting.then(() => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    });
  });
}
