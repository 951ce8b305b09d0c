import { DanubeError } from '@danube/plugin-api';
import type { PendingState } from '../../domain/log/cut-batch.js';
import { cutMaskedBatch } from '../../domain/log/cut-masked-batch.js';
import { MASTER_NAME, MASTER_SEQUENCE, type LogBatch, type LogStream } from '../../domain/log/log-batch.js';
import { renderBatch } from '../../domain/log/render-batch.js';
import { safeSourceName } from '../../domain/log/source-name.js';
import type { SecretMatcher } from '../../domain/masking/secret-matcher.js';
import type { Clock } from '../../services/ports/clock.js';
import type { OutputOffsets } from '../../services/ports/job-runtime.js';
import type { JobLogWriter, LogSource } from '../../services/ports/log-store.js';
import { CommitQueue } from './commit-queue.js';
import type { LogExtent } from './log-index.js';
import { closeFiles, type OpenFiles } from './open-files.js';
import type { PatientWriter } from './patient-writer.js';
import type { RecoveredLog } from './recover-log.js';
import { RemarkFile } from './remark-file.js';
import { StreamIntake } from './stream-intake.js';

/** After how long a progress bar without line end is taken up to its last carriage return. */
const CARRIAGE_RETURN_AGE_MS = 1_000;
const CARRIAGE_RETURN = 13;
const LIMIT_KEY = 'log-limit';
const streams = ['stdout', 'stderr'] as const;

export interface JobLogParts {
  readonly jobId: string;
  readonly files: OpenFiles;
  readonly disk: PatientWriter;
  readonly recovered: RecoveredLog;
  readonly secrets: SecretMatcher;
  readonly clock: Clock;
  readonly maxBytes: number;
  /** Called when `buffers` have reached the kernel and the log ends at `extent`. */
  readonly onCommit: (extent: LogExtent, buffers: readonly Buffer[]) => void;
  /** Called once, when the files have been let go of. */
  readonly onClosed: (complete: boolean) => void;
}

/** The writer of one job's log. */
export class JobLogFile implements JobLogWriter {
  readonly #intakes = new Map<string, StreamIntake>();
  readonly #queue: CommitQueue;
  readonly #remarks: RemarkFile;
  readonly #remarkKeys: Map<string, Promise<void>>;
  #lastRemark: Promise<void> = Promise.resolve();
  #full: boolean;
  #closed = false;
  #closing: Promise<void> | undefined;

  constructor(private readonly parts: JobLogParts) {
    const { files, disk, recovered } = parts;
    this.#queue = new CommitQueue(files, disk, recovered.extent, (extent, batches, buffers) => {
      for (const batch of batches) this.#moveOn(batch);
      parts.onCommit(extent, buffers);
    });
    this.#remarks = new RemarkFile(files.remarks, disk, recovered.positions.get(MASTER_SEQUENCE)?.stdout ?? 0);
    this.#remarkKeys = new Map([...recovered.remarkKeys].map((key) => [key, Promise.resolve()]));
    this.#full = recovered.remarkKeys.has(LIMIT_KEY);
  }

  position(source: LogSource): OutputOffsets {
    return {
      stdout: this.#intake(source, 'stdout').committed,
      stderr: this.#intake(source, 'stderr').committed,
    };
  }

  size(): number {
    return this.#queue.committed.size;
  }

  async append(source: LogSource, stream: LogStream, offset: number, bytes: Buffer): Promise<void> {
    this.#throwIfClosed();
    const intake = this.#intake(source, stream);
    intake.accept(offset, bytes, this.parts.clock.now());
    this.#take(intake, 'open');
    intake.settle();
    this.#watchProgressBar(intake);
    await this.#queue.room();
  }

  async finishSource(source: LogSource): Promise<void> {
    this.#throwIfClosed();
    for (const stream of streams) this.#finish(this.#intake(source, stream));
    await this.#queue.flush();
  }

  remark(key: string, text: string): Promise<void> {
    const given = this.#remarkKeys.get(key);
    if (given !== undefined) return given;
    this.#throwIfClosed();
    const stored = this.#lastRemark.then(() => this.#storeRemark(key, text));
    this.#lastRemark = stored.catch(() => undefined);
    this.#remarkKeys.set(key, stored);
    return stored;
  }

  close(): Promise<void> {
    this.#closing ??= this.#complete();
    return this.#closing;
  }

  async release(): Promise<void> {
    this.parts.disk.stop();
    if (this.#closed) return;
    this.#closed = true;
    for (const intake of this.#intakes.values()) intake.cancelTimer();
    await this.#lastRemark;
    // What could not be written is taken from the raw output when the log is opened again.
    await this.#queue.flush().catch(() => undefined);
    await this.#letGo(false);
  }

  async #complete(): Promise<void> {
    this.#throwIfClosed();
    let complete = false;
    try {
      for (const intake of this.#intakes.values()) this.#finish(intake);
      this.#closed = true;
      await this.#lastRemark;
      await this.#queue.complete();
      complete = true;
    } finally {
      await this.#letGo(complete);
    }
  }

  async #letGo(complete: boolean): Promise<void> {
    await closeFiles(this.parts.files);
    this.parts.onClosed(complete);
  }

  #intake(source: LogSource, stream: LogStream): StreamIntake {
    const key = intakeKey(source.sequence, stream);
    const known = this.#intakes.get(key);
    if (known !== undefined) return known;
    const position = this.parts.recovered.positions.get(source.sequence)?.[stream] ?? 0;
    const intake = new StreamIntake(source.sequence, safeSourceName(source.name), stream, position);
    this.#intakes.set(key, intake);
    return intake;
  }

  /** Moves into the log what of the stream's pending bytes is ready for it. */
  #take(intake: StreamIntake, state: PendingState): void {
    const { clock, maxBytes, secrets } = this.parts;
    const timestamp = clock.now();
    const { sequence, name, stream } = intake;
    let { length, bytes } = cutMaskedBatch(intake.pending, state, secrets);
    while (length > 0 && !this.#full) {
      const from = intake.take(length, timestamp);
      const batch = { timestamp, sequence, name, stream, from, to: from + length };
      const rendered = renderBatch(batch, bytes);
      if (this.#queue.end.size + rendered.bytes.length > maxBytes) this.#stopStoring();
      else this.#queue.add(batch, rendered);
      ({ length, bytes } = cutMaskedBatch(intake.pending, state, secrets));
    }
    if (this.#full) intake.discard();
  }

  /** The log holds the batch for good. */
  #moveOn({ sequence, stream, to }: LogBatch): void {
    const intake = this.#intakes.get(intakeKey(sequence, stream));
    if (intake !== undefined) intake.committed = Math.max(intake.committed, to);
  }

  #finish(intake: StreamIntake): void {
    intake.cancelTimer();
    this.#take(intake, 'ended');
  }

  #watchProgressBar(intake: StreamIntake): void {
    if (intake.timer !== undefined || !intake.pending.includes(CARRIAGE_RETURN)) return;
    intake.timer = this.parts.clock.callAt(intake.pendingSince + CARRIAGE_RETURN_AGE_MS, () => {
      intake.timer = undefined;
      const age = this.parts.clock.now() - intake.pendingSince;
      const waiting = intake.pending.length;
      if (age >= CARRIAGE_RETURN_AGE_MS) this.#take(intake, 'aged');
      // it may end in what could become a secret: then only more of it helps
      if (age >= CARRIAGE_RETURN_AGE_MS && intake.pending.length === waiting) return;
      this.#watchProgressBar(intake);
    });
  }

  #stopStoring(): void {
    this.#full = true;
    const limit = this.parts.maxBytes;
    void this.remark(LIMIT_KEY, `this log has reached its limit of ${limit} bytes: output from here on is not stored`);
  }

  async #storeRemark(key: string, text: string): Promise<void> {
    const stored = await this.#remarks
      .add(key, this.parts.secrets.maskText(text))
      .catch((error: unknown) => this.#queue.fail(error));
    if (stored !== undefined) {
      const { from, raw } = stored;
      const place = { sequence: MASTER_SEQUENCE, name: MASTER_NAME, stream: 'stdout' } as const;
      const batch = { ...place, timestamp: this.parts.clock.now(), from, to: from + raw.length };
      this.#queue.add(batch, renderBatch(batch, raw));
    }
    await this.#queue.flush();
  }

  #throwIfClosed(): void {
    if (!this.#closed) return;
    throw new DanubeError('log_closed', `The log of job ${this.parts.jobId} is closed; open it again to write.`, {
      category: 'conflict',
    });
  }
}

function intakeKey(sequence: number, stream: LogStream): string {
  return `${sequence} ${stream}`;
}
