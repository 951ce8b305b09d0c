/** Tells those who wait in this process that a job's row has changed. It carries no data: readers look at the row. */
export class JobEvents {
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #waitingForAny = new Set<(jobId: string) => void>();

  changed(jobId: string): void {
    for (const wake of this.#waiting.get(jobId) ?? []) wake();
    for (const wake of this.#waitingForAny) wake(jobId);
  }

  /** Calls back at every change until the answer is called. */
  subscribe(jobId: string, wake: () => void): () => void {
    const waiting = this.#waiting.get(jobId) ?? new Set();
    this.#waiting.set(jobId, waiting.add(wake));
    return () => {
      waiting.delete(wake);
      if (waiting.size === 0) this.#waiting.delete(jobId);
    };
  }

  /** As {@link subscribe}, for the changes of every job. */
  subscribeToAll(wake: (jobId: string) => void): () => void {
    this.#waitingForAny.add(wake);
    return () => void this.#waitingForAny.delete(wake);
  }
}
