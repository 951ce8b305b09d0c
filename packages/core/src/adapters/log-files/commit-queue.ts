import { DanubeError, isDanubeError } from '@danube/plugin-api';
import type { LogBatch } from '../../domain/log/log-batch.js';
import type { RenderedBatch } from '../../domain/log/render-batch.js';
import { encodeRecord, RECORD_BYTES, type LogEnd } from './index-record.js';
import type { LogExtent } from './log-index.js';
import type { OpenFiles } from './open-files.js';
import type { PatientWriter } from './patient-writer.js';

/** Rendered bytes that may wait for the disk before appends are held up. */
const MAX_QUEUED_BYTES = 1024 * 1024;

interface QueuedBatch {
  readonly batch: LogBatch;
  readonly bytes: Buffer;
  readonly end: LogEnd;
}

/** Told of batches whose bytes have reached the kernel. */
export type OnCommit = (extent: LogExtent, batches: readonly LogBatch[], buffers: readonly Buffer[]) => void;

/**
 * Writes batches in order, those that came meanwhile together: first their index records, then their bytes. So after a
 * crash the index names everything that may stand in the log, and it can be rendered again.
 */
export class CommitQueue {
  #queue: QueuedBatch[] = [];
  #queuedBytes = 0;
  #running: Promise<void> | undefined;
  #progress: Promise<void> = Promise.resolve();
  #failure: DanubeError | undefined;
  /** Where the log will end when the queue is empty. */
  #end: LogEnd;

  constructor(
    private readonly files: OpenFiles,
    private readonly disk: PatientWriter,
    private extent: LogExtent,
    private readonly onCommit: OnCommit,
  ) {
    this.#end = extent;
  }

  get end(): LogEnd {
    return this.#end;
  }

  get committed(): LogExtent {
    return this.extent;
  }

  /** Does nothing after a failure: whoever waits for the batch gets the error. */
  add(batch: LogBatch, rendered: RenderedBatch): void {
    if (this.#failure !== undefined) return;
    this.#end = { size: this.#end.size + rendered.bytes.length, lines: this.#end.lines + rendered.lines };
    this.#queue.push({ batch, bytes: rendered.bytes, end: this.#end });
    this.#queuedBytes += rendered.bytes.length;
    this.#running ??= this.#run();
  }

  /** Resolves when the queue takes more. */
  async room(): Promise<void> {
    while (this.#queuedBytes > MAX_QUEUED_BYTES && this.#failure === undefined) await this.#progress;
    this.#throwIfFailed();
  }

  /** Resolves when everything added so far has reached the kernel. */
  async flush(): Promise<void> {
    const target = this.#end.size;
    while (this.extent.size < target && this.#failure === undefined) await this.#progress;
    this.#throwIfFailed();
  }

  /** Marks the log as complete, once all its bytes are on the disk. */
  async complete(): Promise<void> {
    await this.flush();
    await this.files.log.datasync();
    if (!this.extent.complete) {
      const record = encodeRecord({ batch: undefined, end: this.#end });
      await this.disk.write(this.files.index, [record], this.extent.records * RECORD_BYTES);
    }
    await this.files.index.datasync();
  }

  /** From now on nothing is written, and everyone who waits gets this error. */
  fail(error: unknown): undefined {
    this.#failure ??= isDanubeError(error) ? error : writeFailed(error);
    this.#queue = [];
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue;
      this.#queue = [];
      this.#progress = this.#write(group).catch((error: unknown) => this.fail(error));
      await this.#progress;
    }
    this.#running = undefined;
  }

  async #write(group: readonly QueuedBatch[]): Promise<void> {
    const records = Buffer.concat(group.map(({ batch, end }) => encodeRecord({ batch, end })));
    const buffers = group.map(({ bytes }) => bytes);
    await this.disk.write(this.files.index, [records], this.extent.records * RECORD_BYTES);
    await this.disk.write(this.files.log, buffers, this.extent.size);
    const { size, lines } = group.at(-1)?.end ?? this.extent;
    this.#queuedBytes -= size - this.extent.size;
    this.extent = { size, lines, records: this.extent.records + group.length, complete: false };
    this.onCommit(
      this.extent,
      group.map(({ batch }) => batch),
      buffers,
    );
  }
}

function writeFailed(cause: unknown): DanubeError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DanubeError('log_write_failed', `A job log could not be written: ${reason}. Check the data directory.`, {
    category: 'unavailable',
    cause,
  });
}
