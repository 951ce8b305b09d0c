import type { JobDetail, Step } from '../api/types.ts';

/** A stretch of a job's time. Times are milliseconds since the epoch. */
export interface Stretch {
  readonly name: string;
  readonly status: Step['status'];
  readonly from: number;
  readonly to: number;
  /** Undefined for what comes before the steps. */
  readonly step: Step | undefined;
}

export interface Timeline {
  readonly from: number;
  readonly to: number;
  readonly stretches: readonly Stretch[];
}

/** Where the time of a job went, up to `now` while it goes on: in the queue, until its program started, and each step. */
export function timelineOf(job: JobDetail, now: number): Timeline {
  const from = Date.parse(job.created_at);
  const end = Math.max(from, timeOf(job.finished_at) ?? now);
  const claimed = timeOf(job.scheduled_at);
  const started = timeOf(job.started_at);
  const before = [
    stretch(job, 'queue', from, claimed, end),
    ...(claimed === undefined ? [] : [stretch(job, 'checkout', claimed, started, end)]),
  ];
  const steps = job.steps.map((step) => {
    const begun = timeOf(step.started_at) ?? Date.parse(step.created_at);
    const to = Math.max(begun, timeOf(step.finished_at) ?? end);
    return { name: step.name, status: step.status, from: begun, to, step };
  });
  const stretches = [...before, ...steps];
  return { from, to: Math.max(end, ...stretches.map(({ to }) => to)), stretches };
}

/** What a job waits for, up to the time when it got it: it never did where it ended before that. */
function stretch(job: JobDetail, name: string, from: number, to: number | undefined, end: number): Stretch {
  const ended = job.finished_at === undefined ? 'running' : 'cancelled';
  return { name, status: to === undefined ? ended : 'success', from, to: Math.max(from, to ?? end), step: undefined };
}

function timeOf(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : Date.parse(iso);
}

/** Where a stretch stands in the whole, in percent; what is short can still be seen. */
export function placeOf({ from, to }: Stretch, whole: Timeline): { readonly left: number; readonly width: number } {
  const length = Math.max(1, whole.to - whole.from);
  const width = Math.max(0.5, ((to - from) / length) * 100);
  return { left: Math.min(100 - width, ((from - whole.from) / length) * 100), width };
}
