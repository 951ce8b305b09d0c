const second = 1000;
const longest = 60 * 60 * second;
// below this a reset counts seconds from now, above it is a time
const firstTime = 1_000_000_000;

/**
 * How long to wait, as the answer's headers tell: `retry-after` in seconds or as a date, else the reset time of the rate
 * limit, by the clock of the forge. At least 1 s and at most 1 h; undefined where they tell nothing.
 */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const here = Date.parse(headers.get('date') ?? '') || now;
  const wait = fromRetryAfter(headers, here) ?? fromReset(headers, here);
  return wait === undefined ? undefined : Math.min(Math.max(wait, second), longest);
}

function fromRetryAfter(headers: Headers, here: number): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * second;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date - here;
}

function fromReset(headers: Headers, here: number): number | undefined {
  const value = headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset');
  if (value === null || !/^\d{1,12}$/.test(value)) return undefined;
  const reset = Number(value);
  return reset < firstTime ? reset * second : reset * second - here;
}
