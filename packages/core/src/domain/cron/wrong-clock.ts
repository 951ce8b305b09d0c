const dayMs = 86_400_000;

/**
 * Whether a recorded time lies so far ahead that the clock must have been wrong then. Up to a day ahead it is taken seriously:
 * after a clock was set back, nothing runs again that has run before.
 */
export function isFromWrongClock(recordedAt: number, now: number): boolean {
  return recordedAt - now > dayMs;
}
