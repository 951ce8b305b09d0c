import type { RequestContext } from '../ports/request-context.js';

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes items in groups: those that come while the database writes one group become the next, so that one commit serves all
 * of them. They are written in the order in which they came.
 */
export class GroupedWrites<Item, Answer> {
  readonly #waiting: Waiting<Item, Answer>[] = [];
  readonly #idle: (() => void)[] = [];
  #writing = false;

  /** @param write stores all or none of them, and answers for each */
  constructor(
    private readonly write: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly groupSize: number,
    private readonly context: RequestContext,
  ) {}

  /** Resolves after the commit; rejects where this item cannot be written, whatever becomes of the others. */
  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      // a group belongs to none of the requests that are in it
      if (!this.#writing) void this.context.leave(() => this.#writeAll());
    });
  }

  /** Resolves when nothing is being written. */
  idle(): Promise<void> {
    return this.#writing ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) await this.#writeGroup(this.#waiting.splice(0, this.groupSize));
    this.#writing = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #writeGroup(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.write(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => resolve(answers[index]!));
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await this.#writeGroup([one]);
    }
  }
}
