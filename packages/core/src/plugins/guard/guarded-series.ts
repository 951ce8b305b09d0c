import type { GuardTools } from './call-guard.js';
import { limitedCall } from './limited-call.js';
import type { PluginCall } from './plugin-contexts.js';

/** The items of one plugin's AsyncIterable, each within the time limit. */
export class GuardedSeries {
  /** Settles with the series: rejects with what broke it off. */
  readonly ended: Promise<void>;
  readonly #abort = new AbortController();
  #settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;
  #iterator: AsyncIterator<unknown> | undefined;
  #finished = false;

  constructor(
    private readonly call: PluginCall,
    private readonly tools: GuardTools,
    private readonly open: (signal: AbortSignal) => AsyncIterable<unknown>,
    private readonly outer: AbortSignal,
  ) {
    this.ended = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
  }

  async next(): Promise<IteratorResult<unknown>> {
    const { contexts, limits } = this.tools;
    const item = await limitedCall(
      this.call,
      contexts,
      () => {
        this.#iterator ??= this.open(AbortSignal.any([this.outer, this.#abort.signal]))[Symbol.asyncIterator]();
        return this.#iterator.next();
      },
      limits.callMs,
      this.outer,
    );
    this.#finished = item.done === true;
    return item;
  }

  /** Lets the plugin clean up, without waiting for it; only the first close of a series counts. */
  close(...broken: readonly [error?: unknown]): void {
    if (broken.length > 0) this.#settle?.reject(broken[0]);
    else this.#settle?.resolve();
    this.#abort.abort(new Error('the reader has left'));
    if (this.#finished) return;
    this.#finished = true;
    const cleanUp = async () => this.#iterator?.return?.();
    this.tools.contexts.run(this.call, cleanUp).catch(() => undefined);
  }
}
