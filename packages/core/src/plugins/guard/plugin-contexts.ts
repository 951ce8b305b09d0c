import { AsyncLocalStorage } from 'node:async_hooks';
import { CallMark } from './call-mark.js';

/** What of which plugin is running. */
export interface PluginCall {
  /** The plugin's id. */
  readonly plugin: string;
  /** Extension point, or `none` outside of any. */
  readonly point: string;
  readonly method: string;
}

/** Knows for every piece of work that plugin code began which call began it, also in timers and callbacks of that call. */
export class PluginContexts {
  /** What of it holds this thread. */
  readonly mark = new CallMark();
  readonly #storage = new AsyncLocalStorage<PluginCall>();

  run<T>(call: PluginCall, work: () => T): T {
    return this.mark.during(call, () => this.#storage.run(call, work));
  }

  /** For what the host does when a plugin asks it to. */
  leave<T>(work: () => T): T {
    return this.#storage.exit(work);
  }

  current(): PluginCall | undefined {
    return this.#storage.getStore();
  }
}
