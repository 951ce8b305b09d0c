import { tokenize, type Token } from './escape-sequences.ts';
import { LookReader, plain, type Look } from './look.ts';

/** Text with one look. */
export interface Run {
  readonly text: string;
  readonly look: Look;
  /** Address of a link; empty where there is none. */
  readonly url: string;
}

/** What a terminal shows of a line: later text stands over earlier text where a carriage return or backspace led back. */
export function terminalLine(line: string): readonly Run[] {
  const screen = new Screen();
  for (const token of tokenize(line)) screen.take(token);
  return screen.runs();
}

class Screen {
  readonly #looks = new LookReader();
  #look = plain;
  #url = '';
  /** Pieces of text in their order; once something has led back, one for each column. */
  #cells: Run[] = [];
  #byColumn = false;
  /** Where the next character goes, once cells are columns. */
  #column = 0;

  take(token: Token): void {
    switch (token.kind) {
      case 'text':
        return this.#write(token.text);
      case 'style':
        this.#look = this.#looks.next(token.codes);
        return;
      case 'link':
        this.#url = token.url;
        return;
      case 'carriage-return':
        return this.#moveTo(() => 0);
      case 'backspace':
        return this.#moveTo((column) => Math.max(0, column - 1));
      case 'erase-line':
        return this.#erase(token.mode);
    }
  }

  /** Neighbours with the same look as one. */
  runs(): readonly Run[] {
    if (!this.#byColumn) return this.#cells;
    const runs: Run[] = [];
    for (const cell of this.#cells) {
      const last = runs.at(-1);
      if (last?.look === cell.look && last.url === cell.url) {
        runs[runs.length - 1] = { ...last, text: last.text + cell.text };
      } else runs.push(cell);
    }
    return runs;
  }

  #write(text: string): void {
    const look = this.#look;
    const url = this.#url;
    if (!this.#byColumn) this.#cells.push({ text, look, url });
    else for (const character of text) this.#cells[this.#column++] = { text: character, look, url };
  }

  #moveTo(target: (column: number) => number): void {
    this.#splitIntoColumns();
    this.#column = target(this.#column);
  }

  #erase(mode: number): void {
    this.#splitIntoColumns();
    const blank: Run = { text: ' ', look: plain, url: '' };
    if (mode !== 1) this.#cells.length = Math.min(this.#cells.length, this.#column);
    if (mode !== 0) this.#cells.fill(blank, 0, this.#column);
  }

  #splitIntoColumns(): void {
    if (this.#byColumn) return;
    this.#byColumn = true;
    this.#cells = this.#cells.flatMap((run) => Array.from(run.text, (text) => ({ ...run, text })));
    this.#column = this.#cells.length;
  }
}
