import type { ReapedAmount } from '../../domain/retention/reaper-report.js';

/** Adds up what a run removes. */
export class Tally {
  #count = 0;
  #bytes = 0;
  #oldest: number | undefined;

  /** `at` is when it ended or was last used. */
  add(at: number, bytes: number): void {
    this.addAll({ count: 1, bytes, oldest: at });
  }

  addAll({ count, bytes, oldest }: ReapedAmount): void {
    this.#count += count;
    this.#bytes += bytes;
    if (oldest !== undefined) this.#oldest = Math.min(oldest, this.#oldest ?? oldest);
  }

  amount(): ReapedAmount {
    return { count: this.#count, bytes: this.#bytes, oldest: this.#oldest };
  }
}
