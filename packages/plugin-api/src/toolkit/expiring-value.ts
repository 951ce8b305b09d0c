import { abortAfter } from './abort-after.js';

/** A value that holds until a time (milliseconds since the epoch). */
export interface Expiring<T> {
  readonly value: T;
  readonly expiresAt: number;
}

/** How a value is got anew, and when. */
export interface ExpiringValueOptions<T> {
  /** Gets a new value. Its signal is aborted at the time limit, and when nobody waits any longer. */
  readonly renew: (signal: AbortSignal) => Promise<Expiring<T>>;
  /** How long a value that is handed out still holds at least. Milliseconds. */
  readonly renewBeforeMs: number;
  /** Limit of one `renew`. Default: 30 s. */
  readonly timeLimitMs?: number;
  /** Default: the system's clock. */
  readonly now?: () => number;
}

interface Renewal<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * A value that is costly to get, such as an installation token: kept until shortly before it expires, and asked for by one
 * request at a time, however many callers wait. A caller's abort ends that caller's waiting, and the request only where it
 * was the last one. Failures reach everybody who waits and are not kept.
 */
export class ExpiringValue<T> {
  readonly #options: ExpiringValueOptions<T>;
  #kept: Expiring<T> | undefined;
  #renewal: Renewal<T> | undefined;

  constructor(options: ExpiringValueOptions<T>) {
    this.#options = options;
  }

  /**
   * The kept value, or a new one. May be called many times at once.
   * @throws what `renew` threw, or the reason of the signal
   */
  async get(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const { renewBeforeMs, now = Date.now } = this.#options;
    if (this.#kept !== undefined && this.#kept.expiresAt - renewBeforeMs > now()) return this.#kept.value;
    return this.#wait((this.#renewal ??= this.#startRenewal()), signal);
  }

  /** Drops the kept value, for example because the other side refused it. */
  forget(): void {
    this.#kept = undefined;
  }

  #startRenewal(): Renewal<T> {
    const controller = new AbortController();
    const { renew, timeLimitMs = 30_000 } = this.#options;
    const limit = abortAfter(timeLimitMs, controller.signal);
    const aborted = rejectionAt(limit.signal);
    const renewal: Renewal<T> = {
      controller,
      waiting: 0,
      result: Promise.race([renew(limit.signal), aborted.promise])
        .then((kept) => {
          this.#kept = kept;
          return kept.value;
        })
        .finally(() => {
          limit.dispose();
          aborted.dispose();
          if (this.#renewal === renewal) this.#renewal = undefined;
        }),
    };
    return renewal;
  }

  async #wait(renewal: Renewal<T>, signal: AbortSignal): Promise<T> {
    renewal.waiting += 1;
    const aborted = rejectionAt(signal);
    try {
      return await Promise.race([renewal.result, aborted.promise]);
    } finally {
      aborted.dispose();
      renewal.waiting -= 1;
      if (renewal.waiting === 0) this.#abandon(renewal);
    }
  }

  #abandon(renewal: Renewal<T>): void {
    if (this.#renewal !== renewal) return;
    this.#renewal = undefined;
    renewal.controller.abort();
  }
}

function rejectionAt(signal: AbortSignal): { readonly promise: Promise<never>; dispose(): void } {
  let reject: (reason: unknown) => void;
  const promise = new Promise<never>((_resolve, rejecting) => (reject = rejecting));
  // who races with it may be done before
  promise.catch(() => undefined);
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return { promise, dispose: () => signal.removeEventListener('abort', abort) };
}
