/**
 * Keeps beginnings apart, so that what comes in between is done together. This is about the load of the machine, not about the
 * time of day: it does not go by the clock that tests turn.
 */
export class Spacing {
  #begunAt = Number.NEGATIVE_INFINITY;
  #end: (() => void) | undefined;

  constructor(private readonly ms: number) {}

  begin(): void {
    this.#begunAt = performance.now();
  }

  /** Resolves when the next one may begin. */
  async passed(): Promise<void> {
    const left = this.#begunAt + this.ms - performance.now();
    if (left <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#end = undefined;
  }

  /** Whoever waits for the next beginning waits no longer. */
  cutShort(): void {
    this.#end?.();
  }
}
