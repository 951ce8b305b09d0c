import type { SecretMatcher } from '../../domain/masking/secret-matcher.js';
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
  /**
   * Takes bytes of a stream that start at `offset`; those that have come in before are ignored, a gap is an error
   * (`log_gap`). Resolves when the log has room for more, which may be before the bytes are stored: `position` tells
   * what is. The buffer may be used again then. Waits while the disk is full.
   */
  append(source: LogSource, stream: OutputStream, offset: number, bytes: Buffer): Promise<void>;
  /** Writes what stands after the last line end; call it when the source has ended. */
  finishSource(source: LogSource): Promise<void>;
  /** A remark of the master itself, for example `checked out 1a2b3c`. Given twice with the same key, it stands once. */
  remark(key: string, text: string): Promise<void>;
  /** Bytes in the log so far. */
  size(): number;
  /**
   * Stores what is pending, waits until all is on the disk and marks the log as complete: viewers get their end.
   * Opening it again is possible; it is live again until the next close.
   */
  close(): Promise<void>;
  /** Waits for outstanding writes and lets go of the files, without marking the log as complete: the master stops. */
  release(): Promise<void>;
}

export interface LogRange {
  /** Byte offsets of the first byte and after the last one. */
  readonly from: number;
  readonly to: number;
}

/**
 * `offset` is where the event's bytes start; the next event starts where they end. `line` is the number, from 1, of the
 * line that the first byte belongs to.
 */
export type LogViewEvent =
  | { readonly kind: 'text'; readonly offset: number; readonly line: number; readonly bytes: Buffer }
  | { readonly kind: 'skipped'; readonly offset: number; readonly bytes: number }
  | { readonly kind: 'end' };

/** Neighbouring lines of one source. */
export interface LogSection {
  readonly source: LogSource;
  /** Numbers, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface LogSearch {
  /** Looked for in what a line's source has printed, not in its head, and as it reads without escape sequences. */
  readonly text: string;
  /** `text` is a regular expression of JavaScript and must compile. */
  readonly regex: boolean;
  readonly matchCase: boolean;
  /** Number of the first line to look at, from 1. */
  readonly fromLine: number;
  /** The search ends with this many found lines. */
  readonly limit: number;
}

export interface LogSearchProgress {
  /** Numbers of lines found since the last progress, in order. */
  readonly lines: readonly number[];
  /** Every line up to this one has been looked at. */
  readonly searchedTo: number;
}

export interface LogStoreSettings {
  /** Where the files lie, one log per job; created when missing. */
  readonly directory: string;
  /** Most bytes stored of one job's log; what comes after is left out, and a line says so. */
  readonly maxBytes: number;
  /** How far behind a viewer may fall while the log grows, before it is moved ahead. */
  readonly maxViewerLagBytes: number;
}

/** The stored logs: append-only files that never lose a byte. */
export interface LogStore {
  /**
   * Opens for writing and finishes or repairs what a crash left behind. `secrets` are replaced in all that is written; a
   * job's log gets the same ones each time.
   * @throws DanubeError `log_in_use` when a writer of the job is open; whatever `readSource` throws.
   */
  openWriter(jobId: string, readSource: ReadSource, secrets?: SecretMatcher): Promise<JobLogWriter>;
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
   * and told how many bytes it missed. Event `text` always ends at a line end. A job without a log, or whose log is
   * neither complete nor being written, is waited for until the signal is aborted; past the end means from there on.
   */
  follow(jobId: string, from: number, signal: AbortSignal): AsyncIterable<LogViewEvent>;
  /** Which source printed which lines, from the section of `fromLine` on, at most `limit` of them. */
  sections(jobId: string, fromLine: number, limit: number): Promise<readonly LogSection[]>;
  /**
   * Looks through the log as it is now, in a thread of its own, and reports as it goes. Few searches run at a time;
   * others wait for them.
   * @throws DanubeError `log_search_too_slow` (invalid) where a regular expression takes too long; the signal's reason
   */
  search(
    jobId: string,
    search: LogSearch,
    report: (progress: LogSearchProgress) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Bytes on the disk of all that is stored for the log; 0 when the job has none. */
  storedBytes(jobId: string): Promise<number>;
  /** Ids of all jobs of which anything is stored. */
  listJobs(): Promise<readonly string[]>;
  /** Deletes the log; viewers get their end. Idempotent. @throws DanubeError `log_in_use` while it is being written. */
  remove(jobId: string): Promise<void>;
}
