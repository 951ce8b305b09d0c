const timeDigits = 12;
/** The id and the creation time are taken one after the other, and a clock may be set in between. */
const marginMs = 60_000;
/** What ISO 8601 can say in four digits of a year. */
const lastTime = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** When jobs whose ids begin like this were created: the first twelve digits of an id are its time in milliseconds. */
export function creationTimes(prefix: string): { readonly created_from: string; readonly created_before: string } {
  const digits = prefix.replaceAll('-', '').slice(0, timeDigits);
  const first = Number.parseInt(digits.padEnd(timeDigits, '0'), 16);
  const last = Number.parseInt(digits.padEnd(timeDigits, 'f'), 16);
  return { created_from: iso(first - marginMs), created_before: iso(last + 1 + marginMs) };
}

function iso(milliseconds: number): string {
  return new Date(Math.min(Math.max(0, milliseconds), lastTime)).toISOString();
}
