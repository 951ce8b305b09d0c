import type { ReapedAmount, ReapedKind } from '../../domain/retention/reaper-report.js';

/** What one run is to do. */
export interface ReaperRun {
  /** Only measures: nothing is removed. */
  readonly dryRun: boolean;
  /** Room is needed now: caches go as soon as nothing uses them. */
  readonly lowDisk: boolean;
  /** Milliseconds since the epoch: what was kept for long enough then goes. */
  readonly now: number;
  /** Ends the run after the piece that it is at. */
  readonly signal: AbortSignal;
}

/** One kind of thing that is not kept for ever. */
export interface Reapable {
  readonly kind: ReapedKind;
  /**
   * Removes, or measures, what was kept for long enough, in pieces between which others get their turn. Idempotent: what a
   * crash cuts short is gone after the next run.
   */
  reap(run: ReaperRun): Promise<ReapedAmount>;
}
