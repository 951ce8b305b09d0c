/** Marked lines, from 1 and inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Reads the part of an address behind `#`: `#L120` or `#L120-L131`, in either order. */
export function parsePermalink(hash: string): LineRange | undefined {
  const [, one, other = one] = /^#L([1-9]\d{0,11})(?:-L([1-9]\d{0,11}))?$/.exec(hash) ?? [];
  if (one === undefined) return undefined;
  return { first: Math.min(Number(one), Number(other)), last: Math.max(Number(one), Number(other)) };
}

export function permalink({ first, last }: LineRange): string {
  return first === last ? `#L${first}` : `#L${first}-L${last}`;
}

/** The range from what is marked up to a line, as a click with the shift key extends it. */
export function extendTo(marked: LineRange | undefined, line: number): LineRange {
  if (marked === undefined) return { first: line, last: line };
  return line < marked.first ? { first: line, last: marked.last } : { first: marked.first, last: line };
}

export function contains(range: LineRange | undefined, line: number): boolean {
  return range !== undefined && range.first <= line && line <= range.last;
}
