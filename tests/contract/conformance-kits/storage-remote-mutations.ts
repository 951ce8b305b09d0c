import type { StorageChange } from './example-storage.js';
import { remoteMutations, type Call } from './remote-mutations.js';
import { artifacts, getting, images, putting } from './storage-changes.js';

/** Content that ends when a signal is aborted, whatever its reader does. */
async function* checked(content: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const part of content) {
    signal.throwIfAborted();
    yield part;
  }
}

async function* drained(call: Call, signal: AbortSignal): AsyncGenerator<never> {
  yield* (await call(signal)) as AsyncIterable<never>;
}
/** An iterable of all items, with the reading as one call. */
const reading =
  (iterate: (signal: AbortSignal) => AsyncIterable<unknown>): Call =>
  async (signal) => {
    const items: unknown[] = [];
    for await (const item of iterate(signal)) items.push(item);
    return items;
  };

/** The calls of both abilities, made in every wrong way. */
export function* storageRemoteMutations(): Generator<readonly [string, StorageChange]> {
  for (const [check, mutate] of Object.entries(remoteMutations)) {
    // only what another side does is done wrong: the promises about content hold
    const empty = (key: string) => key === 'job/a';
    yield [
      `artifacts.put ${check}`,
      putting(
        (put) => (key, content, signal) =>
          mutate((given) => put(key, checked(content, signal), given))(signal) as never,
      ),
    ];
    yield [
      `artifacts.delete ${check}`,
      artifacts((right) => ({ delete: (key, signal) => mutate((given) => right.delete(key, given))(signal) as never })),
    ];
    yield [
      `artifacts.get ${check}`,
      getting(
        (get) => (key, range, signal) =>
          empty(key) ? drained(mutate(reading((given) => get(key, range, given))), signal) : get(key, range, signal),
      ),
    ];
    yield [
      `artifacts.list ${check}`,
      artifacts((right) => ({
        list: (prefix, signal) => drained(mutate(reading((given) => right.list(prefix, given))), signal),
      })),
    ];
    for (const method of ['access', 'ensureDeployed', 'collectGarbage'] as const) {
      yield [`images.${method} ${check}`, images((right) => ({ [method]: mutate((signal) => right[method](signal)) }))];
    }
  }
}
