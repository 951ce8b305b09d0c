import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from './terminal.js';

export interface Column<Row> {
  readonly title: string;
  readonly align?: 'right';
  text(row: Row): string;
}

/** Prints rows under column titles, as wide as their content. Colours in the cells do not count as width. */
export function printTable<Row>(terminal: Terminal, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  const widths = columns.map((column, index) =>
    cells.reduce((width, line) => Math.max(width, visibleWidth(line[index] ?? '')), column.title.length),
  );
  const print = (line: readonly string[], paint: (text: string) => string) => {
    const padded = line.map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align));
    terminal.out.write(`${paint(padded.join('  ').trimEnd())}\n`);
  };
  print(
    columns.map((column) => column.title),
    terminal.colors.dim,
  );
  for (const line of cells) print(line, (text) => text);
}

function visibleWidth(text: string): number {
  return stripVTControlCharacters(text).length;
}

function pad(text: string, width: number, align: 'right' | undefined): string {
  const space = ' '.repeat(Math.max(0, width - visibleWidth(text)));
  return align === 'right' ? space + text : text + space;
}
