import { countLineFeeds } from './line-feeds.js';
import { emptyExtent, type LogExtent } from './log-index.js';

const RECENT_BYTES = 256 * 1024;

/** Bytes of the log from an offset on. */
export interface LogChunk {
  readonly offset: number;
  /** Number, from 1, of the line that the first byte belongs to. */
  readonly line: number;
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
  #recent: LogChunk[] = [];
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
    if (this.#viewers > 0 && buffers.length > 0) {
      const { size: offset, lines } = this.extent ?? emptyExtent;
      this.#keep({ offset, line: lines + 1, bytes: Buffer.concat(buffers) });
    }
    this.extent = extent;
    this.announce();
  }

  /** Wakes everyone who waits for a change. */
  announce(): void {
    this.#version++;
    for (const wake of this.#waiting) wake();
  }

  /** The bytes from `offset` to the end of their chunk, if they are in memory. The buffer is shared: read it only. */
  recentFrom(offset: number): LogChunk | undefined {
    const chunk = this.#recent.findLast((one) => one.offset <= offset);
    if (chunk === undefined || offset >= chunk.offset + chunk.bytes.length) return undefined;
    const skipped = offset - chunk.offset;
    const line = chunk.line + countLineFeeds(chunk.bytes.subarray(0, skipped));
    return { offset, line, bytes: chunk.bytes.subarray(skipped) };
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

  #keep(chunk: LogChunk): void {
    this.#recent.push(chunk);
    this.#recentBytes += chunk.bytes.length;
    while (this.#recentBytes > RECENT_BYTES && this.#recent.length > 1) {
      this.#recentBytes -= this.#recent.shift()?.bytes.length ?? 0;
    }
  }
}
