import { DanubeError } from '@danube/plugin-api';
import type { LogStream } from '../../domain/log/log-batch.js';

/** One stream of a source on its way into the log: what has come in, and what of it has been taken. */
export class StreamIntake {
  /** Raw bytes that have come in and wait for their line end. */
  pending: Buffer = Buffer.alloc(0);
  /** Since when the first of them waits. */
  pendingSince = 0;
  /** Raw offset up to which the log holds the stream for good. */
  committed: number;
  /** Runs while a carriage return waits. */
  timer: { cancel(): void } | undefined;
  #received: number;

  constructor(
    readonly sequence: number,
    readonly name: string,
    readonly stream: LogStream,
    position: number,
  ) {
    this.committed = position;
    this.#received = position;
  }

  /** Takes in bytes that start at the raw `offset`; those that have come in before are ignored. */
  accept(offset: number, bytes: Buffer, now: number): void {
    if (offset > this.#received) {
      const place = `${this.stream} of "${this.name}"`;
      throw new DanubeError(
        'log_gap',
        `Output of ${place} continues at byte ${offset}, but only ${this.#received} bytes have come; follow it from there.`,
        { category: 'internal' },
      );
    }
    const fresh = bytes.subarray(this.#received - offset);
    if (fresh.length === 0) return;
    if (this.pending.length === 0) this.pendingSince = now;
    this.pending = this.pending.length === 0 ? fresh : Buffer.concat([this.pending, fresh]);
    this.#received += fresh.length;
  }

  /** Takes the first pending bytes out and answers their raw offset. */
  take(length: number, now: number): number {
    const from = this.#received - this.pending.length;
    this.pending = this.pending.subarray(length);
    this.pendingSince = now;
    return from;
  }

  /** Lets go of the caller's buffer, of which the pending bytes may be a part. */
  settle(): void {
    this.pending = Buffer.from(this.pending);
  }

  /** Gives up the pending bytes: they are not to be stored. */
  discard(): void {
    this.pending = Buffer.alloc(0);
    this.committed = this.#received;
  }

  cancelTimer(): void {
    this.timer?.cancel();
    this.timer = undefined;
  }
}
