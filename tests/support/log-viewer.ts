import { setTimeout as delay } from 'node:timers/promises';
import type { DanubeProcess } from './danube-process.js';
import { readEvents } from './sse-reader.js';

/** A viewer of a live log that keeps what it was sent, and comes back with its last id when the stream breaks. */
export class LogViewer {
  readonly #pieces: { readonly offset: number; readonly text: string }[] = [];
  #lastId: string | undefined;
  /** How often a stream broke. One that could not be opened counts not: a kept connection may be closed just then. */
  breaks = 0;
  readonly #waiting = new Map<string, () => void>();
  readonly done: Promise<void>;

  constructor(
    private readonly server: DanubeProcess,
    private readonly jobId: string,
  ) {
    this.done = this.#watch();
  }

  get text(): string {
    return this.#pieces.map(({ text }) => text).join('');
  }

  /** Whether each piece begins at the byte where the one before it ended. */
  get gapless(): boolean {
    let next = 0;
    return this.#pieces.every(({ offset, text }) => {
      const fits = offset === next;
      next = offset + Buffer.byteLength(text);
      return fits;
    });
  }

  /** Resolves once the text has been seen. */
  has(wanted: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.text.includes(wanted)) resolve();
      else this.#waiting.set(wanted, resolve);
    });
  }

  async #watch(): Promise<void> {
    for (;;) {
      try {
        if (await this.#stream()) return;
      } catch {
        // the server is away
      }
      await delay(50);
    }
  }

  /** Answers whether it saw the end. */
  async #stream(): Promise<boolean> {
    const response = await fetch(`http://${this.server.address}/api/v1/jobs/${this.jobId}/logs/stream`, {
      headers: {
        authorization: `Bearer ${this.server.token}`,
        ...(this.#lastId === undefined ? {} : { 'last-event-id': this.#lastId }),
      },
    });
    let ended = false;
    try {
      for await (const { event, id, data } of readEvents(response)) {
        if (event === 'log') this.#take(id, data as { offset: number; text: string });
        if (event === 'end') return (ended = true);
      }
      return false;
    } finally {
      if (!ended) this.breaks += 1;
    }
  }

  #take(id: string | undefined, piece: { offset: number; text: string }): void {
    this.#pieces.push(piece);
    this.#lastId = id;
    for (const [wanted, resolve] of this.#waiting) if (this.text.includes(wanted)) resolve();
  }
}
