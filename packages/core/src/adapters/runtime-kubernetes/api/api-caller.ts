import { setTimeout as wait } from 'node:timers/promises';
import PQueue from 'p-queue';
import pRetry from 'p-retry';
import type { Metrics } from '../../../services/ports/metrics.js';
import { failureOf } from './api-failure.js';
import { ApiRefusal } from './api-refusal.js';

/** What is done to what, in the words of RBAC: `create`, `pods/exec`. */
export interface Operation {
  readonly verb: 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';
  readonly resource: string;
}

/** A value with the HTTP status that it came with. */
export interface Answer<T> {
  readonly status: number;
  readonly value: T;
}

export interface CallLimits {
  /** Calls that may begin within one interval, also at once. */
  readonly callsPerInterval: number;
  readonly intervalMs: number;
  /** How long one attempt may wait for its answer. */
  readonly attemptMs: number;
  /** The first pause before a repetition; it doubles up to `longestPauseMs`. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
}

/** 50 calls a second on average, 100 at once. */
export const standardLimits: CallLimits = {
  callsPerInterval: 100,
  intervalMs: 2000,
  attemptMs: 10_000,
  pauseMs: 250,
  longestPauseMs: 10_000,
};

/** The one way in which calls of the API are paced, limited in time, repeated, counted and explained. */
export class ApiCaller {
  readonly #permits: PQueue;

  constructor(
    private readonly metrics: Metrics,
    private readonly limits: CallLimits,
  ) {
    this.#permits = new PQueue({ intervalCap: limits.callsPerInterval, interval: limits.intervalMs });
  }

  /**
   * Repeats the attempt until it succeeds, is refused for good, or the signal aborts. The attempt's own signal holds until
   * it settles. `passes` says which refusals are worth another attempt.
   * @throws DanubeError `kubernetes_refused` or `kubernetes_forbidden`, with the {@link ApiRefusal} as cause;
   * `kubernetes_unavailable` when the signal was a time limit, the signal's reason when it was not.
   */
  async call<T>(
    operation: Operation,
    signal: AbortSignal,
    attempt: (signal: AbortSignal) => Promise<Answer<T>>,
    passes: (refusal: ApiRefusal) => boolean = (refusal) => refusal.passes,
  ): Promise<T> {
    let last: Error | undefined;
    try {
      return await pRetry(() => this.#attempt(operation, signal, attempt), {
        signal,
        retries: Number.POSITIVE_INFINITY,
        minTimeout: this.limits.pauseMs,
        maxTimeout: this.limits.longestPauseMs,
        randomize: true,
        shouldRetry: ({ error }) => !(error instanceof ApiRefusal) || passes(error),
        onFailedAttempt: async ({ error }) => {
          if (!signal.aborted) last = error;
          if (error instanceof ApiRefusal && passes(error)) await wait(error.retryAfterMs, undefined, { signal });
        },
      });
    } catch (error) {
      throw failureOf(operation, error as Error, last, signal);
    }
  }

  async #attempt<T>(
    operation: Operation,
    signal: AbortSignal,
    attempt: (signal: AbortSignal) => Promise<Answer<T>>,
  ): Promise<T> {
    await this.#permits.add(() => undefined, { signal });
    const limit = new AbortController();
    const { attemptMs } = this.limits;
    const timer = setTimeout(() => limit.abort(new Error(`no answer within ${attemptMs / 1000} s`)), attemptMs);
    const giveUp = (): void => limit.abort(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      const { status, value } = await attempt(limit.signal);
      this.#count(operation, String(status));
      return value;
    } catch (error) {
      if (!signal.aborted) this.#count(operation, error instanceof ApiRefusal ? String(error.status) : 'network');
      throw limit.signal.aborted ? limit.signal.reason : error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    }
  }

  #count({ verb, resource }: Operation, status: string): void {
    this.metrics.count('danube_k8s_api_calls_total', { operation: `${verb} ${resource}`, status });
  }
}
