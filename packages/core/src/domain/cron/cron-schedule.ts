import { Cron } from 'croner';

/** When a cron expression falls due, in UTC. Times are milliseconds since the epoch, on whole minutes. */
export interface CronSchedule {
  /** The first time after this one; undefined where none comes. */
  next(after: number): number | undefined;
  /** The last time at or before this one; undefined where there was none. */
  last(until: number): number | undefined;
  /** The next few times, soonest first. */
  upcoming(count: number, after: number): readonly number[];
}

/** Reads an expression that `cronProblem` has accepted. */
export function parseCron(expression: string): CronSchedule {
  const cron = new Cron(expression, { timezone: 'UTC', mode: '5-part', paused: true });
  return {
    next: (after) => cron.nextRun(new Date(after))?.getTime(),
    // croner answers what lies strictly before
    last: (until) => cron.previousRuns(1, new Date(until + 1))[0]?.getTime(),
    upcoming: (count, after) => cron.nextRuns(count, new Date(after)).map((date) => date.getTime()),
  };
}
