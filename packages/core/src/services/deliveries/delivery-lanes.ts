import PQueue from 'p-queue';

/** Runs work in lanes: one after the other within a lane, in the order in which it came; lanes do not wait for each other. */
export class DeliveryLanes {
  readonly #lanes = new Map<string, PQueue>();
  #size = 0;
  #wakers: (() => void)[] = [];

  /** @param work must not throw */
  add(lane: string, work: () => Promise<void>): void {
    const queue = this.#lanes.get(lane) ?? new PQueue({ concurrency: 1 });
    this.#lanes.set(lane, queue);
    this.#size += 1;
    void queue.add(work).finally(() => {
      this.#size -= 1;
      if (queue.size + queue.pending === 0 && this.#lanes.get(lane) === queue) this.#lanes.delete(lane);
      for (const wake of this.#wakers.splice(0)) wake();
    });
  }

  /** Resolves when fewer than this are running or waiting. */
  async fewerThan(count: number): Promise<void> {
    while (this.#size >= count) await new Promise<void>((resolve) => this.#wakers.push(resolve));
  }
}
