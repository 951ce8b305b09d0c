/** How many chunks are asked for at the same time. */
const atATime = 3;
/** So long the place of a chunk that could not be loaded is kept, so that nobody asks for it at once. */
const pauseMs = 2_000;

/**
 * Loads chunks of a log as they come into view. What was wanted last comes first, and what is no longer wanted when its
 * turn comes is not loaded: scrolling past a million lines loads only where it rests.
 */
export class ChunkLoader {
  readonly #loading = new Set<number>();
  #wanted: readonly number[] = [];

  /** `settled` is called after each chunk, loaded or not: whoever still misses it asks again. */
  constructor(
    private readonly load: (chunk: number) => Promise<void>,
    private readonly settled: () => void,
  ) {}

  /** Loads these in this order, and forgets what was wanted before. */
  want(chunks: readonly number[]): void {
    this.#wanted = chunks.filter((chunk) => !this.#loading.has(chunk));
    while (this.#loading.size < atATime && this.#wanted.length > 0) this.#start();
  }

  #start(): void {
    const [chunk, ...rest] = this.#wanted;
    if (chunk === undefined) return;
    this.#wanted = rest;
    this.#loading.add(chunk);
    const done = (): void => {
      this.#loading.delete(chunk);
      if (this.#wanted.length > 0) this.#start();
      this.settled();
    };
    this.load(chunk).then(done, () => setTimeout(done, pauseMs));
  }
}
