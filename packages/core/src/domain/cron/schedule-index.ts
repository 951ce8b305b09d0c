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
  /** Before that time there is nothing to look at; undefined where that has to be found out. */
  nextAt: number | undefined;
}

/**
 * Every schedule in force, so that a minute in which nothing is due costs next to nothing however many there are. To find out
 * when one is due costs about a millisecond: what may have to do so for thousands comes in steps of one each, of which the
 * caller runs as many as it likes at a time. Only one such series may be under way.
 */
export class ScheduleIndex {
  #entries: ReadonlyMap<string, Entry> = new Map();
  #groups = new Map<string, Group>();
  readonly #again = new Set<string>();
  #lastLook = -Infinity;

  /** In force once the last step is done. */
  *replace(entries: readonly ScheduleEntry[]): Generator<void, void> {
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
        const known = this.#groups.get(schedule);
        groups.set(schedule, { cron: known?.cron ?? parseCron(schedule), entries: [entry], nextAt: known?.nextAt });
        if (known === undefined) yield;
      }
      // finding out is what costs: what was known stays known, but for an entry that is behind the last look
      if (entry.lastDueAt < this.#lastLook && !this.#entries.has(entry.key)) groups.get(schedule)!.nextAt = undefined;
    }
    this.#entries = byKey;
    this.#groups = groups;
  }

  /** What is due and not dealt with. Answers a run once, unless {@link again} asks for it. */
  *takeDue(now: number): Generator<void, readonly DueRun[]> {
    const due: DueRun[] = [];
    const repeated = new Set(this.#again);
    this.#again.clear();
    const wasSetBack = now < this.#lastLook;
    this.#lastLook = now;
    for (const group of this.#groups.values()) {
      if (wasSetBack) group.nextAt = undefined;
      if (group.nextAt === undefined) {
        group.nextAt = firstAfterAll(group, now);
        yield;
      }
      if (now < group.nextAt) continue;
      const dueAt = group.cron.last(now);
      group.nextAt = group.cron.next(now) ?? Infinity;
      for (const entry of group.entries) {
        repeated.delete(entry.key);
        if (dueAt !== undefined && entry.lastDueAt < dueAt) due.push(toRun(entry, dueAt));
      }
      yield;
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

/** When the first of the entries is due that is furthest behind. A time from a wrong clock counts as now. */
function firstAfterAll({ cron, entries }: Group, now: number): number {
  let furthest = now;
  for (const entry of entries) {
    if (isFromWrongClock(entry.lastDueAt, now)) entry.lastDueAt = now;
    furthest = Math.min(furthest, entry.lastDueAt);
  }
  return cron.next(furthest) ?? Infinity;
}

function toRun({ key, pipelineId, trigger }: Entry, dueAt: number): DueRun {
  return { key, pipelineId, trigger, dueAt };
}
