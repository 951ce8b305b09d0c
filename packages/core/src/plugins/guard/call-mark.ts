import type { PluginCall } from './plugin-contexts.js';

const headBytes = 8;
const nameBytes = 200;
const encoder = new TextEncoder();

/** Says in memory that another thread reads which call of a plugin holds this thread right now. */
export class CallMark {
  /** Two numbers of 32 bits, the call's own (0: none) and the length of its name; then the name, `id point.method`. */
  readonly memory = new SharedArrayBuffer(headBytes + nameBytes);
  readonly #head = new Int32Array(this.memory, 0, 2);
  readonly #name = new Uint8Array(this.memory, headBytes);
  #calls = 0;

  /** Marks `work` for as long as it does not return: what it awaits does not count. Within another one it changes nothing. */
  during<T>({ plugin, point, method }: PluginCall, work: () => T): T {
    if (this.#head[0] !== 0) return work();
    this.#head[1] = encoder.encodeInto(`${plugin} ${point}.${method}`, this.#name).written;
    this.#calls = (this.#calls % 0x7fff_ffff) + 1;
    Atomics.store(this.#head, 0, this.#calls);
    try {
      return work();
    } finally {
      Atomics.store(this.#head, 0, 0);
    }
  }
}
