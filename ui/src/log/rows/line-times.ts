const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** Time of day in the reader's zone. */
export function clockTime(time: number): string {
  return clock.format(time);
}

/** Time since the first line, as minutes, seconds and milliseconds. */
export function sinceStart(time: number, start: number): string {
  const ms = Math.max(0, time - start);
  const minutes = Math.floor(ms / 60_000);
  const seconds = ((ms % 60_000) / 1000).toFixed(3).padStart(6, '0');
  return `+${minutes}:${seconds}`;
}
