const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The source of a regular expression, so that JSON Schemas accept exactly what {@link parseDuration} reads. */
export const durationPattern = '^([0-9]+(ms|s|m|h|d))+$';
export const durationHint = 'a number with a unit: ms, s, m, h or d, for example "90s", "30m" or "1h30m"';

/** Milliseconds of a duration such as `1h30m`; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  if (!new RegExp(durationPattern).test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/([0-9]+)(ms|s|m|h|d)/g)) {
    total += Number(amount) * unitMs[unit as keyof typeof unitMs];
  }
  return Number.isSafeInteger(total) ? total : undefined;
}
