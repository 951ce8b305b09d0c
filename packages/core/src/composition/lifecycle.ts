import type { Logger } from '../services/ports/logger.js';

interface Started {
  readonly name: string;
  readonly stop: () => Promise<void> | void;
}

/** What was started, stopped in reverse order. */
export class Lifecycle {
  readonly #started: Started[] = [];
  #stopping: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  onStop(name: string, stop: Started['stop']): void {
    this.#started.push({ name, stop });
  }

  /** Stops everything once; a part that fails to stop is logged and does not keep the others. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (const { name, stop } of this.#started.reverse()) {
      try {
        await stop();
      } catch (error) {
        this.logger.error(`could not stop ${name}`, { err: error });
      }
    }
  }
}
