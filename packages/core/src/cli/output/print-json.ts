import type { Terminal } from './terminal.js';

/** What `--json` prints: indented for a person at a terminal, one line for a program. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out.write(`${JSON.stringify(value, undefined, terminal.out.isTTY === true ? 2 : undefined)}\n`);
}
