/** Milliseconds in words, as exact as anybody reads: `0.4 s`, `12 s`, `3 min 07 s`, `2 h 05 min`. */
export function formatDuration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < 9_950) return `${(length / 1000).toFixed(1)} s`;
  const seconds = Math.round(length / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
