/** Milliseconds since the epoch as ISO 8601 in UTC. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

export function optionalIsoTime(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : isoTime(ms);
}
