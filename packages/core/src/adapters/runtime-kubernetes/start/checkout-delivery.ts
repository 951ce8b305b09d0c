import { setTimeout as wait } from 'node:timers/promises';
import type { ClusterApi } from '../api/cluster-api.js';
import type { ScriptRequest } from '../api/run-in-pod.js';
import { deliver } from './deliver.js';

/** After a node was found; a container takes about as long to start. */
const earlyMs = 300;
/** Within about two seconds; where an image has to be pulled first, the watch says when it is time. */
const earlyRetries = 4;

/** Brings the pod of a job what its checkout waits for, as soon as the container may run, and until it is there. */
export class CheckoutDelivery {
  readonly #stopped = new AbortController();
  readonly #running = new AbortController();
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  #early: Promise<boolean> | undefined;
  #delivering: Promise<void> | undefined;

  constructor(
    private readonly api: Pick<ClusterApi, 'exec'>,
    private readonly request: ScriptRequest,
    signal: AbortSignal,
  ) {
    this.#signal = AbortSignal.any([signal, this.#stopped.signal]);
  }

  /** Aborted, with the reason, when it cannot be done. */
  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  /** Whether the pod may have got something from here. */
  get hasBegun(): boolean {
    return this.#early !== undefined || this.#delivering !== undefined;
  }

  /** The container is about to run: kubelets tell that it does up to a second later. */
  expectContainer(): void {
    const soon = AbortSignal.any([this.#signal, this.#running.signal]);
    this.#early ??= wait(earlyMs, undefined, { signal: soon })
      .then(() => deliver(this.api, this.request, this.#signal, earlyRetries))
      .then(
        () => true,
        () => false,
      );
  }

  /** The container runs. */
  begin(): void {
    this.#running.abort();
    this.#delivering ??= this.#deliver().catch((error: unknown) => {
      if (!this.#stopped.signal.aborted) this.#failed.abort(error);
    });
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all([this.#early, this.#delivering]);
  }

  async #deliver(): Promise<void> {
    if ((await this.#early) !== true) await deliver(this.api, this.request, this.#signal);
  }
}
