import type { CronTrigger } from '../pipeline/pipeline.js';
import { parseCron, type CronSchedule } from './cron-schedule.js';
import { isFromWrongClock } from './wrong-clock.js';

/** A schedule of a pipeline and the last time that was dealt with. Times are milliseconds since the epoch. */
export interface ScheduleEntry {
  readonly pipelineId: string;
  readonly trigger: CronTrigger;
  readonly lastDueAt: number;
}

/** A time at which a schedule was due. Of several that were missed it is the last one. */
export interface DueRun {
  readonly key: string;
  readonly pipelineId: string;
  readonly trigger: CronTrigger;
  readonly dueAt: number;
}

interface Entry extends ScheduleEntry {
  readonly key: string;
  lastDueAt: number;
}

/** Pipelines that share a schedule share the work of finding out when it is due. */
interface Group {
  readonly cron: CronSchedule;
  readonly entries: Entry[];
  /** Before that time there is nothing to look at. */
  nextAt: number;
}

/** Every schedule in force, so that a minute in which nothing is due costs next to nothing however many there are. */
export class ScheduleIndex {
  #entries: ReadonlyMap<string, Entry> = new Map();
  #groups = new Map<string, Group>();
  readonly #again = new Set<string>();
  #lastLook = -Infinity;

  replace(entries: readonly ScheduleEntry[]): void {
    const byKey = new Map<string, Entry>();
    for (const entry of entries) {
      const key = JSON.stringify([entry.pipelineId, entry.trigger.schedule]);
      byKey.set(key, { ...entry, key });
    }
    const groups = new Map<string, Group>();
    for (const entry of byKey.values()) {
      const { schedule } = entry.trigger;
      const group = groups.get(schedule);
      if (group !== undefined) group.entries.push(entry);
      else {
        const cron = this.#groups.get(schedule)?.cron ?? parseCron(schedule);
        groups.set(schedule, { cron, entries: [entry], nextAt: -Infinity });
      }
    }
    this.#entries = byKey;
    this.#groups = groups;
  }

  /** What is due and not dealt with. Answers a run once, unless {@link again} asks for it. */
  takeDue(now: number): readonly DueRun[] {
    const due: DueRun[] = [];
    const repeated = new Set(this.#again);
    this.#again.clear();
    const wasSetBack = now < this.#lastLook;
    this.#lastLook = now;
    for (const group of this.#groups.values()) {
      if (now < group.nextAt && !wasSetBack) continue;
      const dueAt = group.cron.last(now);
      group.nextAt = group.cron.next(now) ?? Infinity;
      for (const entry of group.entries) {
        repeated.delete(entry.key);
        if (isFromWrongClock(entry.lastDueAt, now)) entry.lastDueAt = now;
        if (dueAt !== undefined && entry.lastDueAt < dueAt) due.push(toRun(entry, dueAt));
      }
    }
    for (const key of repeated) {
      const entry = this.#entries.get(key);
      const dueAt = entry && this.#groups.get(entry.trigger.schedule)?.cron.last(now);
      if (entry !== undefined && dueAt !== undefined && entry.lastDueAt < dueAt) due.push(toRun(entry, dueAt));
    }
    return due;
  }

  /** That everything up to this time is dealt with. */
  settle(key: string, dueAt: number): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) entry.lastDueAt = Math.max(entry.lastDueAt, dueAt);
  }

  /** That the run could not be dealt with: the next look answers it again. */
  again(key: string): void {
    this.#again.add(key);
  }
}

function toRun({ key, pipelineId, trigger }: Entry, dueAt: number): DueRun {
  return { key, pipelineId, trigger, dueAt };
}
