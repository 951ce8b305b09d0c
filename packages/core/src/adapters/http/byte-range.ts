import { rangeNotSatisfiable } from './errors/http-errors.js';

/** The bytes from `from` up to, not including, `to`. */
export interface RequestedRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The one byte range of a `Range` header; undefined where it asks for something else, which may be ignored.
 * @throws DanubeError `range_not_satisfiable` (invalid)
 */
export function readRange(size: number, header: string): RequestedRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (first === undefined || last === undefined || first + last === '') return undefined;
  if (first === '') {
    if (Number(last) === 0 || size === 0) throw rangeNotSatisfiable(size);
    return { from: Math.max(0, size - Number(last)), to: size };
  }
  const from = Number(first);
  const to = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < from) return undefined;
  if (from >= size) throw rangeNotSatisfiable(size);
  return { from, to };
}
