import picocolors from 'picocolors';

type Colors = ReturnType<typeof picocolors.createColors>;

/** What the commands need of an output stream; process.stdout and a test's buffer both are one. */
export interface OutputTarget {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What the commands need of an input stream. */
export type InputSource = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Where a command reads its surroundings from and prints to. */
export interface Terminal {
  readonly in: InputSource;
  readonly out: OutputTarget;
  readonly err: OutputTarget;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Colours of each stream: plain text where it is no terminal or NO_COLOR is set. */
  readonly colors: Colors;
  readonly errColors: Colors;
}

export function createTerminal(parts: Pick<Terminal, 'in' | 'out' | 'err' | 'env' | 'cwd'>): Terminal {
  return {
    ...parts,
    colors: picocolors.createColors(wantsColor(parts.out, parts.env)),
    errColors: picocolors.createColors(wantsColor(parts.err, parts.env)),
  };
}

/** True where a line may be drawn over again: a spinner makes sense there. */
export function isInteractive(target: OutputTarget, env: Terminal['env']): boolean {
  return target.isTTY === true && env['TERM'] !== 'dumb' && env['CI'] === undefined;
}

function wantsColor(target: OutputTarget, env: Terminal['env']): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return target.isTTY === true && env['TERM'] !== 'dumb';
}
