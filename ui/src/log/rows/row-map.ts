import type { Section } from './step-sections.ts';

/** A row on the screen: the heading of a step, or a line of the log. */
export type Row =
  | { readonly kind: 'step'; readonly name: string; readonly lines: number; readonly folded: boolean }
  | { readonly kind: 'line'; readonly line: number };

export function sameRow(one: Row | undefined, other: Row | undefined): boolean {
  if (one?.kind === 'line') return other?.kind === 'line' && one.line === other.line;
  if (one === undefined || other?.kind !== 'step') return one === other;
  return one.name === other.name && one.lines === other.lines && one.folded === other.folded;
}

interface Segment {
  /** Step whose heading comes first, where it is the step's first section. */
  readonly heading: string | undefined;
  readonly firstLine: number;
  /** How many lines are shown: none of a folded step. */
  readonly lines: number;
  readonly firstRow: number;
}

/** Which row shows what: a heading stands before a step's first line, and the lines of folded steps are left out. */
export class RowMap {
  readonly #segments: Segment[] = [];
  readonly #linesByStep = new Map<string, number>();
  readonly rows: number;

  constructor(
    lines: number,
    private readonly sections: readonly Section[],
    private readonly folded: ReadonlySet<string>,
  ) {
    let row = 0;
    let line = 1;
    const push = (heading: string | undefined, firstLine: number, shown: number): void => {
      this.#segments.push({ heading, firstLine, lines: shown, firstRow: row });
      row += shown + (heading === undefined ? 0 : 1);
    };
    for (const { name, firstLine, lastLine } of sections) {
      if (firstLine > line) push(undefined, line, firstLine - line);
      const known = this.#linesByStep.get(name);
      const count = lastLine - firstLine + 1;
      this.#linesByStep.set(name, (known ?? 0) + count);
      push(known === undefined ? name : undefined, firstLine, folded.has(name) ? 0 : count);
      line = lastLine + 1;
    }
    if (line <= lines) push(undefined, line, lines - line + 1);
    this.rows = row;
  }

  at(row: number): Row | undefined {
    const segment = this.#segments[this.#lastWhere(({ firstRow }) => firstRow <= row)];
    if (segment === undefined || row >= this.rows) return undefined;
    const { heading, firstLine, firstRow } = segment;
    if (heading === undefined) return { kind: 'line', line: firstLine + row - firstRow };
    if (row > firstRow) return { kind: 'line', line: firstLine + row - firstRow - 1 };
    const lines = this.#linesByStep.get(heading) ?? 0;
    return { kind: 'step', name: heading, lines, folded: this.folded.has(heading) };
  }

  /** The row of a line; of a line that is folded away, the row before which it would stand. */
  rowOf(line: number): number {
    const segment = this.#segments[this.#lastWhere(({ firstLine }) => firstLine <= line)];
    if (segment === undefined) return 0;
    const start = segment.firstRow + (segment.heading === undefined ? 0 : 1);
    return start + Math.min(line - segment.firstLine, Math.max(0, segment.lines));
  }

  /** The row of what another map shows in its row. */
  rowLike(other: RowMap, row: number): number {
    const shown = other.at(row);
    if (shown === undefined) return row;
    return shown.kind === 'line' ? this.rowOf(shown.line) : this.headingRow(shown.name);
  }

  /** The step that a line belongs to, where that is known. */
  stepOf(line: number): string | undefined {
    return this.sections.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine)?.name;
  }

  /** The row of a step's heading. */
  headingRow(name: string): number {
    return this.#segments.find(({ heading }) => heading === name)?.firstRow ?? 0;
  }

  /** The steps in the order of their first lines, and how many lines each has. */
  get steps(): ReadonlyMap<string, number> {
    return this.#linesByStep;
  }

  /** Index of the last segment for which it holds, as it does for all before it. */
  #lastWhere(holds: (segment: Segment) => boolean): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const segment = this.#segments[middle];
      if (segment !== undefined && holds(segment)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
