const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const withYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** In the zone of the reader, to the second. */
export function formatTime(iso: string): string {
  return withYear.format(new Date(iso));
}

/** `2026-11-26 12:34:56 UTC`. */
export function formatUtc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** How long ago, or in how long, for a day; after that the time in the zone of the reader. */
export function formatRelative(iso: string, now: number): string {
  const difference = Date.parse(iso) - now;
  const distance = Math.abs(difference);
  if (distance >= day) return short.format(new Date(iso));
  if (distance < 10_000) return 'now';
  const words =
    distance < minute
      ? `${Math.floor(distance / 1000)} s`
      : distance < hour
        ? `${Math.floor(distance / minute)} min`
        : `${Math.floor(distance / hour)} h`;
  return difference < 0 ? `${words} ago` : `in ${words}`;
}
