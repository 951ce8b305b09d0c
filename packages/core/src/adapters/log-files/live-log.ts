import type { LogExtent } from './log-index.js';

const RECENT_BYTES = 256 * 1024;

interface Chunk {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** What the writer and the viewers of one job's log share in memory while there are any. */
export class LiveLog {
  /** What is in the files for good; undefined until a writer has opened them in this process. */
  extent: LogExtent | undefined;
  writing = false;
  removed = false;
  #viewers = 0;
  #version = 0;
  /** The log's last bytes, kept only while somebody watches; every chunk starts and ends at a line end. */
  #recent: Chunk[] = [];
  #recentBytes = 0;
  readonly #waiting = new Set<() => void>();

  /** True when neither a writer nor a viewer needs it any more. */
  get idle(): boolean {
    return !this.writing && this.#viewers === 0;
  }

  /** A viewer has come; it calls {@link leave} when it goes. */
  join(): void {
    this.#viewers++;
  }

  leave(): void {
    if (--this.#viewers > 0) return;
    this.#recent = [];
    this.#recentBytes = 0;
  }

  /** Counts the changes; see {@link changedSince}. */
  get version(): number {
    return this.#version;
  }

  /** Bytes have reached the kernel: the log now ends at `extent`. */
  advance(extent: LogExtent, buffers: readonly Buffer[]): void {
    if (this.#viewers > 0 && buffers.length > 0) this.#keep(this.extent?.size ?? 0, Buffer.concat(buffers));
    this.extent = extent;
    this.announce();
  }

  /** Wakes everyone who waits for a change. */
  announce(): void {
    this.#version++;
    for (const wake of this.#waiting) wake();
  }

  /** The bytes from `offset` to the end of their chunk, if they are in memory. The buffer is shared: read it only. */
  recentFrom(offset: number): Buffer | undefined {
    const chunk = this.#recent.findLast((one) => one.offset <= offset);
    if (chunk === undefined || offset >= chunk.offset + chunk.bytes.length) return undefined;
    return chunk.bytes.subarray(offset - chunk.offset);
  }

  /** The first line start at or after `offset` that is in memory, or the end of the log. */
  recentLineStart(offset: number): number {
    return this.#recent.find((chunk) => chunk.offset >= offset)?.offset ?? this.extent?.size ?? 0;
  }

  /** Resolves when something has changed since that version, or the signal is aborted. */
  changedSince(version: number, signal: AbortSignal): Promise<void> {
    if (this.#version !== version || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }

  #keep(offset: number, bytes: Buffer): void {
    this.#recent.push({ offset, bytes });
    this.#recentBytes += bytes.length;
    while (this.#recentBytes > RECENT_BYTES && this.#recent.length > 1) {
      this.#recentBytes -= this.#recent.shift()?.bytes.length ?? 0;
    }
  }
}
