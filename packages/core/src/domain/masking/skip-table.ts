const slots = 1 << 18;
const blockBytes = 3;
/** A wider window lets bigger leaps be made, but fills the table. */
const widestWindow = 32;

/**
 * Leaps over bytes at which no pattern can begin, after Wu and Manber: the three bytes at the end of a window say how far
 * it may move on before they could stand where they stand in some pattern. Most of a log is passed by in such leaps.
 */
export class SkipTable {
  readonly #window: number;
  readonly #leaps: Uint8Array;

  /** Patterns have at least three bytes. */
  constructor(patterns: readonly Buffer[]) {
    this.#window = patterns.reduce((shortest, { length }) => Math.min(shortest, length), widestWindow);
    this.#leaps = new Uint8Array(slots).fill(this.#window - blockBytes + 1);
    for (const pattern of patterns) {
      for (let end = blockBytes - 1; end < this.#window; end += 1) {
        const slot = slotOf(pattern, end);
        this.#leaps[slot] = Math.min(this.#leaps[slot] ?? 0, this.#window - 1 - end);
      }
    }
  }

  /** The first position from `from` on at which a pattern may begin, also one that the end of the bytes cuts off. */
  nextCandidate(bytes: Buffer, from: number): number {
    const leaps = this.#leaps;
    const before = this.#window - 1;
    let end = from + before;
    while (end < bytes.length) {
      const leap = leaps[slotOf(bytes, end)] ?? 0;
      if (leap === 0) break;
      end += leap;
    }
    return Math.min(end - before, bytes.length);
  }
}

function slotOf(bytes: Buffer, end: number): number {
  return (bytes[end]! ^ (bytes[end - 1]! << 6) ^ (bytes[end - 2]! << 12)) & (slots - 1);
}
