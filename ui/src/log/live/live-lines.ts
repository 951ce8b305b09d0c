/** The data of an event `log`. */
export interface LogEvent {
  /** Byte offset of the first byte of `text`. */
  readonly offset: number;
  /** Number of the line that it belongs to. */
  readonly line: number;
  readonly text: string;
}

export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** Makes whole lines of the events of a live log. Events may end within a line, and a new connection begins there. */
export class LiveLines {
  #partial: NumberedLine | undefined;

  /** The lines that are whole now. */
  take({ line, text }: LogEvent): readonly NumberedLine[] {
    const pieces = text.split('\n');
    const lines = pieces.map((piece, index) => {
      const number = line + index;
      return { number, text: this.#partial?.number === number ? this.#partial.text + piece : piece };
    });
    const last = lines.pop();
    this.#partial = last?.text === '' ? undefined : last;
    return lines;
  }
}
