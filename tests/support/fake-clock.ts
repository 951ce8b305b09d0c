import type { Clock } from '@danube/core/services/ports/clock.js';

interface Alarm {
  /** Milliseconds until it falls due. */
  remaining(): number;
  readonly callback: () => void;
}

/** A clock whose hands the test turns. */
export class FakeClock implements Clock {
  readonly #alarms = new Set<Alarm>();
  /** How much time has really passed. */
  #passed = 0;

  constructor(private time = Date.parse('2026-01-06T12:34:56.789Z')) {}

  now(): number {
    return this.time;
  }

  callAt(at: number, callback: () => void): { cancel(): void } {
    return this.#add({ remaining: () => at - this.time, callback });
  }

  callAfter(milliseconds: number, callback: () => void): { cancel(): void } {
    const end = this.#passed + milliseconds;
    return this.#add({ remaining: () => end - this.#passed, callback });
  }

  /** How many calls are outstanding. */
  get pending(): number {
    return this.#alarms.size;
  }

  /** Lets time pass and calls back what falls due, in order of time. */
  advance(milliseconds: number): void {
    const end = this.#passed + milliseconds;
    for (;;) {
      const [next] = [...this.#alarms].sort((a, b) => a.remaining() - b.remaining());
      if (next === undefined || next.remaining() > end - this.#passed) break;
      this.#alarms.delete(next);
      this.#pass(Math.max(0, next.remaining()));
      next.callback();
    }
    this.#pass(end - this.#passed);
  }

  /** Somebody sets the clock: no time passes, and nothing is called back before some does. */
  set(time: number): void {
    this.time = time;
  }

  #pass(milliseconds: number): void {
    this.#passed += milliseconds;
    this.time += milliseconds;
  }

  #add(alarm: Alarm): { cancel(): void } {
    this.#alarms.add(alarm);
    return { cancel: () => void this.#alarms.delete(alarm) };
  }
}
