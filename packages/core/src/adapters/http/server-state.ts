import type { LogFrames } from './log-view/log-frames.js';

/** What requests of one server share. */
export interface ServerState {
  /** Aborted when the server begins to stop: answers that last long end then. */
  readonly stopping: AbortSignal;
  /** Encoded log events of all live views. */
  readonly logFrames: LogFrames;
}
