import type { OutputOffsets, OutputStream } from './job-runtime.js';

/** A process whose output goes into a job's log. */
export interface LogSource {
  /** As in ProcessRef; 0 is the coordinator, -1 the master's own remarks about the job. */
  readonly sequence: number;
  /** As it stands between brackets in the line. */
  readonly name: string;
}

/** Reads a source's raw output again, to finish a write that a crash cut short. */
export type ReadSource = (sequence: number, stream: OutputStream, offset: number, length: number) => Promise<Buffer>;

/** One job's log while it is being written. Only one exists per job at a time. */
export interface JobLogWriter {
  /** How far each stream of the source has been taken into the log for good: follow it from here. */
  position(source: LogSource): OutputOffsets;
  /** Takes bytes of a stream that start at `offset`; bytes below the position are ignored, a gap is an error. */
  append(source: LogSource, stream: OutputStream, offset: number, bytes: Buffer): Promise<void>;
  /** Writes what stands after the last line end; call it when the source has ended. */
  finishSource(source: LogSource): Promise<void>;
  /** A remark of the master itself, for example `checked out 1a2b3c`. Given twice with the same key, it stands once. */
  remark(key: string, text: string): Promise<void>;
  /** Bytes in the log so far. */
  size(): number;
  /** Waits for outstanding writes and marks the log as complete: viewers get their end. */
  close(): Promise<void>;
  /** Waits for outstanding writes and lets go of the files, without marking the log as complete: the master stops. */
  release(): Promise<void>;
}

export interface LogRange {
  /** Byte offset of the first byte and after the last one. */
  readonly from: number;
  readonly to: number;
}

export type LogViewEvent =
  | { readonly kind: 'text'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'skipped'; readonly offset: number; readonly bytes: number }
  | { readonly kind: 'end' };

/** The stored logs: append-only files that never lose a byte. */
export interface LogStore {
  /** Opens for writing and finishes or repairs what a crash left behind. */
  openWriter(jobId: string, readSource: ReadSource): Promise<JobLogWriter>;
  /** Bytes stored; undefined when the job has no log. */
  size(jobId: string): Promise<number | undefined>;
  /** Bytes of the log as a stream, in order. */
  read(jobId: string, range: LogRange): AsyncIterable<Buffer>;
  /** The byte range of lines `first` to `last` (from 1, inclusive), found by index and one seek; clipped at the end. */
  locateLines(jobId: string, first: number, last: number): Promise<LogRange>;
  /** Number of lines stored. */
  countLines(jobId: string): Promise<number>;
  /**
   * The log from `from` on, live until it is complete. A viewer that reads too slowly while the job runs is moved ahead
   * and told how many bytes it missed. Event `text` always ends at a line end.
   */
  follow(jobId: string, from: number, signal: AbortSignal): AsyncIterable<LogViewEvent>;
  remove(jobId: string): Promise<void>;
}
