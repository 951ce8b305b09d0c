import { createEffect, on, onCleanup } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { onJobsChanged } from './live.ts';

export interface Query<T> {
  /** Undefined until the first answer. What an earlier answer said stays while there is none newer. */
  readonly data: T | undefined;
  /** Why the last attempt failed. */
  readonly error: ApiError | undefined;
  /** Asks again now. */
  reload(): void;
}

export interface QueryOptions {
  /** Whether a change of these jobs may change the answer; undefined: any may have changed. */
  readonly affectedBy?: (ids: ReadonlySet<string> | undefined) => boolean;
  /** For what no event tells about. Milliseconds. */
  readonly everyMs?: number;
}

/** Events come in bursts; nobody reads faster. */
const leastPauseMs = 400;

/**
 * Asks for data, again whenever `key` changes, and again when something happens that may have changed the answer. Objects
 * with an `id` keep their identity from answer to answer, so that the page changes only where the data did.
 */
export function createQuery<K, T>(
  key: () => K,
  load: (key: K, signal: AbortSignal) => Promise<T>,
  { affectedBy = () => false, everyMs }: QueryOptions = {},
): Query<T> {
  const [state, setState] = createStore<{ data?: T; error?: ApiError }>({});
  let over = new AbortController();
  let current: K;
  let loading = false;
  let wanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const run = async (): Promise<void> => {
    const { signal } = over;
    loading = true;
    wanted = false;
    try {
      const data = await load(current, signal);
      if (!signal.aborted) setState(reconcile({ data, error: undefined }, { key: 'id' }));
    } catch (thrown) {
      if (!signal.aborted) setState('error', toApiError(thrown));
    }
    if (signal.aborted) return;
    timer = setTimeout(() => {
      loading = false;
      if (wanted) void run();
    }, leastPauseMs);
  };
  const reload = (): void => {
    wanted = true;
    if (!loading) void run();
  };
  const restart = (): void => {
    over.abort();
    clearTimeout(timer);
    over = new AbortController();
    void run();
  };

  createEffect(
    on(key, (next) => {
      current = next;
      // what was shown belongs to another key
      setState({ data: undefined, error: undefined });
      restart();
    }),
  );
  onJobsChanged((ids) => affectedBy(ids) && reload());
  const interval = everyMs === undefined ? undefined : setInterval(reload, everyMs);
  onCleanup(() => {
    over.abort();
    clearTimeout(timer);
    clearInterval(interval);
  });

  return {
    get data() {
      return state.data;
    },
    get error() {
      return state.error;
    },
    reload,
  };
}
