import { formatBytes } from './format-bytes.js';
import { isInteractive, type Terminal } from './terminal.js';

const width = 30;
const redrawMs = 100;

/** A line on a terminal that fills as bytes arrive; nothing where nobody watches. */
export class ProgressBar {
  #drawnAt = 0;
  #done = 0;
  readonly #shows: boolean;

  constructor(
    private readonly terminal: Terminal,
    private readonly title: string,
    private readonly total: number,
  ) {
    this.#shows = isInteractive(terminal.err, terminal.env);
  }

  advance(bytes: number): void {
    this.#done += bytes;
    const now = performance.now();
    if (!this.#shows || (now - this.#drawnAt < redrawMs && this.#done < this.total)) return;
    this.#drawnAt = now;
    const share = this.total === 0 ? 1 : this.#done / this.total;
    const bar = '='.repeat(Math.floor(share * width)).padEnd(width);
    const sizes = `${formatBytes(this.#done)} of ${formatBytes(this.total)}`;
    this.terminal.err.write(`\r${this.title} [${bar}] ${Math.floor(share * 100)}% ${sizes}`);
  }

  /** Ends the line. */
  close(): void {
    if (this.#shows) this.terminal.err.write('\n');
  }
}
