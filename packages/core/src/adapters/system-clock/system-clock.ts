import type { Clock } from '../../services/ports/clock.js';

// setTimeout takes 31 bits of milliseconds (about 24.8 days) and fires at once beyond that
const longestTimerMs = 2 ** 31 - 1;

export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  callAt(at: number, callback: () => void): { cancel(): void } {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const remaining = at - this.now();
      timer =
        remaining > longestTimerMs
          ? setTimeout(arm, longestTimerMs)
          : setTimeout(() => this.#fire(at, callback, arm), Math.max(0, remaining));
    };
    arm();
    return { cancel: () => clearTimeout(timer) };
  }

  callAfter(milliseconds: number, callback: () => void): { cancel(): void } {
    const timer = setTimeout(callback, milliseconds);
    return { cancel: () => clearTimeout(timer) };
  }

  #fire(at: number, callback: () => void, arm: () => void): void {
    // timers run on the monotonic clock: they may fire a little early by the wall clock, or long before it was set back
    if (this.now() < at) arm();
    else callback();
  }
}
