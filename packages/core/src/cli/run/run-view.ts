import type { RunEvent } from '../../domain/job/run-event.js';
import type { RunRecord } from './run-record.js';

/** Shows a run while it goes by. The record has taken the event already. */
export interface RunView {
  show(event: RunEvent, record: RunRecord): void;
  /** Takes away what was only drawn for the moment. */
  close(): void;
}
