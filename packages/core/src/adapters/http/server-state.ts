import type { ByteBudget } from './byte-budget.js';
import type { LogFrames } from './log-view/log-frames.js';

/** What requests of one server share. */
export interface ServerState {
  /** Aborted when the server begins to stop: answers that last long end then. */
  readonly stopping: AbortSignal;
  /** Bodies of webhooks that are being received: anybody may send them, to many connections at once. */
  readonly webhookBytes: ByteBudget;
  /** Encoded log events of all live views. */
  readonly logFrames: LogFrames;
}
