/** A job that has ended. Times are milliseconds since the epoch. */
export interface FinishedJob {
  readonly id: string;
  readonly finishedAt: number;
  /** Undefined: it ended before it started, and may never have had a log. */
  readonly startedAt: number | undefined;
}

/** Jobs as retention sees them. Lists begin with the job that ended first, and come in pieces of at most `pieceSize`. */
export interface FinishedJobRepository {
  finishedBefore(before: number, pieceSize: number): AsyncIterable<readonly FinishedJob[]>;
  /** Those whose log was not removed. */
  withLog(before: number, pieceSize: number): AsyncIterable<readonly FinishedJob[]>;
  /** Says of these jobs that they have no log any more. Those that have said so already keep their time. */
  markLogsRemoved(jobIds: readonly string[], at: number): Promise<void>;
  /** Removes those without log and artifacts, with all that belongs to them; answers their ids. */
  removeBare(jobIds: readonly string[]): Promise<readonly string[]>;
  /** Which of these are ids of jobs whose log was not removed, finished or not. */
  keepingLog(jobIds: readonly string[]): Promise<ReadonlySet<string>>;
}
