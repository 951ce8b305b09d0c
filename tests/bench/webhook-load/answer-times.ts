import type { SentPush } from './send-pushes.js';

/** From the time at which it was due to its answer: a sender that is held up by slow answers cannot hide them. */
export function answerTime({ dueAt, answeredAt }: SentPush): number {
  return answeredAt - dueAt;
}

/** What the sender itself adds to the answer times: it shares the processors with the server. */
export function senderDelay({ dueAt, sentAt }: SentPush): number {
  return sentAt - dueAt;
}

export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** Whether the server was down while it was due and not answered yet. */
export function metOutage({ dueAt, answeredAt }: SentPush, { from, to }: Outage): boolean {
  return dueAt < to && answeredAt > from;
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
}
