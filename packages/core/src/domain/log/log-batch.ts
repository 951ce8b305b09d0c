/** Streams of a process that go into its job's log. */
export type LogStream = 'stdout' | 'stderr';

/** One write to a job's log: which raw bytes of which source, and what every line made of them is headed with. */
export interface LogBatch {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** 0 is the coordinator, 1 and up are steps, {@link MASTER_SEQUENCE} the master's own remarks. */
  readonly sequence: number;
  /** As it stands between brackets: made safe by `safeSourceName`. */
  readonly name: string;
  readonly stream: LogStream;
  /** Range of the stream's raw bytes, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Sequence and name under which the master's own remarks stand. */
export const MASTER_SEQUENCE = -1;
export const MASTER_NAME = 'danube';
