/** Time as the use cases see it, so that tests turn the hands themselves. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once at or after `at` (milliseconds since the epoch), also when that is further away than a timer reaches. */
  callAt(at: number, callback: () => void): { cancel(): void };
  /** Calls back once when so many milliseconds (at most a day) have passed, however the clock is set meanwhile. */
  callAfter(milliseconds: number, callback: () => void): { cancel(): void };
}
