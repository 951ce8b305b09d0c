import { Readable } from 'node:stream';
import { createTerminal, type InputSource, type Terminal } from '@danube/core/cli/output/terminal.js';

export interface FakeTerminal extends Terminal {
  /** All that was printed so far. */
  stdout(): string;
  stderr(): string;
}

/** A terminal, or a pipe, that keeps what is printed to it. */
export function fakeTerminal(
  options: {
    readonly isTTY?: boolean;
    readonly env?: Terminal['env'];
    readonly cwd?: string;
    readonly in?: InputSource;
  } = {},
): FakeTerminal {
  const printed = { out: '', err: '' };
  const target = (name: keyof typeof printed) => ({
    isTTY: options.isTTY ?? false,
    columns: 100,
    write: (text: string) => void (printed[name] += text),
    // what a spinner moves its line with
    cursorTo: () => undefined,
    moveCursor: () => undefined,
    clearLine: () => undefined,
  });
  return {
    ...createTerminal({
      in: options.in ?? Readable.from([]),
      out: target('out'),
      err: target('err'),
      env: options.env ?? {},
      cwd: options.cwd ?? process.cwd(),
    }),
    stdout: () => printed.out,
    stderr: () => printed.err,
  };
}
