import type { TimeoutAction } from '../pipeline/pipeline.js';

const marginMs = 10 * 60_000;
const warnedMs = 24 * 3_600_000;

/**
 * When a job may be ended by the machinery that runs it, without the master: well after its deadline, so that whoever
 * forgets a job does not pay for it for ever. Milliseconds since the epoch.
 */
export function abandonAt(deadlineAt: number, action: TimeoutAction): number {
  return deadlineAt + marginMs + (action === 'warn' ? warnedMs : 0);
}
