import { setTimeout as wait } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import type { Logger } from '../../../services/ports/logger.js';
import type { Metrics } from '../../../services/ports/metrics.js';
import { failureStatus } from './api-failure.js';
import type { ClusterApi } from './cluster-api.js';
import { PodCache } from './pod-cache.js';
import type { WatchEvent } from './watch-stream.js';

export interface PodWatchOptions {
  /** Which pods are this instance's. */
  readonly labelSelector: string;
  /** After which a watch without any event, bookmarks included, is opened anew. Servers send a bookmark a minute. */
  readonly silenceMs?: number;
  /** Waits between two watches; tests look at how long. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const firstPauseMs = 200;
const longestPauseMs = 30_000;
/** A watch that held so long was a good one: the next one need not wait long. */
const goodWatchMs = 60_000;

/** The one list and watch behind everything that waits for pods, whatever the number of jobs. */
export class PodWatch {
  readonly #cache: PodCache;
  readonly #stopping = new AbortController();
  #resourceVersion: string | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly api: Pick<ClusterApi, 'listPods' | 'watchPods'>,
    private readonly options: PodWatchOptions,
    metrics: Metrics,
    private readonly logger: Logger,
  ) {
    this.#cache = new PodCache(metrics);
  }

  /**
   * Resolves when all pods are known; then watches until {@link stop}. Called once.
   * @throws DanubeError as {@link ClusterApi.listPods}; nothing runs then.
   */
  async start(signal: AbortSignal): Promise<void> {
    await this.#list(signal);
    this.#running = this.#run();
  }

  /** Ends the watch and all iterations of changes. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** As last seen; undefined also for a pod that was created a moment ago. */
  get(name: string): V1Pod | undefined {
    return this.#cache.get(name);
  }

  list(): readonly V1Pod[] {
    return this.#cache.list();
  }

  /**
   * The pod as it is now, then at every change; a slow reader misses what lies in between. Undefined means that it is
   * gone, or first that it has not been seen yet. Ends with the signal and with {@link stop}.
   */
  changes(name: string, signal: AbortSignal): AsyncIterable<V1Pod | undefined> {
    return this.#cache.changes(name, AbortSignal.any([signal, this.#stopping.signal]));
  }

  /** Calls back at every change of any pod, with undefined when it is gone. Answers how to end it. */
  onChange(callback: (name: string, pod: V1Pod | undefined) => void): () => void {
    return this.#cache.onChange(callback);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { pause = async (ms, until) => wait(ms, undefined, { signal: until }) } = this.options;
    let failures = 0;
    while (!signal.aborted) {
      const began = performance.now();
      try {
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        // too old a version shows in the status, too
        if (failureStatus(error) !== undefined) this.#resourceVersion = undefined;
        this.logger.warn('the watch of pods broke off; it is opened anew', { err: error });
      }
      failures = performance.now() - began < goodWatchMs ? failures + 1 : 0;
      const backoffMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
      await pause(backoffMs * (0.5 + Math.random() / 2), signal).catch(() => undefined);
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const { resourceVersion, pods } = await this.api.listPods(this.options.labelSelector, signal);
    this.#cache.replace(pods);
    return (this.#resourceVersion = resourceVersion);
  }

  /** One watch, to its end. */
  async #watch(signal: AbortSignal): Promise<void> {
    const resourceVersion = this.#resourceVersion ?? (await this.#list(signal));
    const { labelSelector, silenceMs = 90_000 } = this.options;
    const cut = new AbortController();
    const request = { labelSelector, resourceVersion };
    const events = await this.api.watchPods(request, AbortSignal.any([signal, cut.signal]));
    const silence = setTimeout(() => cut.abort(), silenceMs);
    try {
      for await (const event of events) {
        silence.refresh();
        this.#take(event);
      }
    } finally {
      clearTimeout(silence);
    }
  }

  #take(event: WatchEvent): void {
    if (event.type === 'ERROR') {
      this.#resourceVersion = undefined;
      throw new Error(`the server ended the watch: ${event.object.message ?? 'no reason was given'}`);
    }
    this.#resourceVersion = event.object.metadata?.resourceVersion;
    if (event.type === 'DELETED') this.#cache.remove(event.object);
    else if (event.type !== 'BOOKMARK') this.#cache.put(event.object);
  }
}
