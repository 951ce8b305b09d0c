const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `0 B`, `1023 B`, `1.5 KiB`, `12.0 GiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit += 1) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
