import type { RequestContext } from '../ports/request-context.js';
import { Spacing } from './spacing.js';

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface Grouping {
  /** Most items that are written together. */
  readonly size: number;
  /** From the beginning of one group to that of the next; one that is full does not wait for it. */
  readonly spacingMs: number;
}

/**
 * Writes items in groups: those that come soon after one group become the next, so that one commit serves all of them. One
 * that comes alone is written at once. They are written in the order in which they came.
 */
export class GroupedWrites<Item, Answer> {
  readonly #waiting: Waiting<Item, Answer>[] = [];
  readonly #spacing: Spacing;
  #running = false;
  #writing = false;

  /**
   * @param write stores all or none of them and answers for each; it may do so for the first of them only, at least one, where
   * more would take too long: the others are then written next
   */
  constructor(
    private readonly write: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly grouping: Grouping,
    private readonly context: RequestContext,
  ) {
    this.#spacing = new Spacing(grouping.spacingMs);
  }

  /** Whether the database is at it now, and not only waited for more to come. */
  get isWriting(): boolean {
    return this.#writing;
  }

  /** Resolves after the commit; rejects where this item cannot be written, whatever becomes of the others. */
  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      // a group belongs to none of the requests that are in it
      if (!this.#running) void this.context.leave(() => this.#writeAll());
      else if (this.#isFull()) this.#spacing.cutShort();
    });
  }

  #isFull(): boolean {
    return this.#waiting.length >= this.grouping.size;
  }

  async #writeAll(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      this.#spacing.begin();
      this.#writing = true;
      const left = await this.#writeGroup(this.#waiting.splice(0, this.grouping.size));
      this.#writing = false;
      this.#waiting.unshift(...left);
      if (left.length === 0 && !this.#isFull()) await this.#spacing.passed();
    }
    this.#running = false;
  }

  /** Answers those that are left for the next group. */
  async #writeGroup(group: readonly Waiting<Item, Answer>[]): Promise<readonly Waiting<Item, Answer>[]> {
    try {
      const answers = await this.write(group.map(({ item }) => item));
      answers.forEach((answer, index) => group[index]?.resolve(answer));
      return group.slice(answers.length);
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await this.#writeGroup([one]);
      return [];
    }
  }
}
