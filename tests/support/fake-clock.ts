import type { Clock } from '@danube/core/services/ports/clock.js';

/** A clock whose hands the test turns. */
export class FakeClock implements Clock {
  readonly #alarms = new Set<{ readonly at: number; readonly callback: () => void }>();

  constructor(private time = Date.parse('2026-01-06T12:34:56.789Z')) {}

  now(): number {
    return this.time;
  }

  callAt(at: number, callback: () => void): { cancel(): void } {
    const alarm = { at, callback };
    this.#alarms.add(alarm);
    return { cancel: () => void this.#alarms.delete(alarm) };
  }

  /** How many calls are outstanding. */
  get pending(): number {
    return this.#alarms.size;
  }

  /** Lets time pass and calls back what falls due, in order of time. */
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const due = [...this.#alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#alarms.delete(due);
      this.time = Math.max(this.time, due.at);
      due.callback();
    }
    this.time = end;
  }
}
