/** How long plugins get for what, in milliseconds. */
export interface PluginLimits {
  /** Import, once in a process of its own and once in this one. */
  readonly importMs: number;
  /** `start` of one instance. */
  readonly startMs: number;
  readonly callMs: number;
  /** How long code of a plugin may hold the thread of the server, before the process is ended. */
  readonly stuckMs: number;
  /** Calls that deploy or clean up something. */
  readonly slowCallMs: number;
  /** How long a replaced instance waits for the calls in it before it is stopped. */
  readonly drainMs: number;
  readonly stopMs: number;
  /** Heap that an import may take, in MiB, and as much again beside it. */
  readonly importMemoryMb: number;
}

export const pluginLimits: PluginLimits = {
  importMs: 5_000,
  startMs: 10_000,
  callMs: 30_000,
  stuckMs: 20_000,
  slowCallMs: 600_000,
  drainMs: 30_000,
  stopMs: 5_000,
  importMemoryMb: 128,
};
