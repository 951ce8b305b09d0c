/** A line of the log as the server stores it: `[2026-01-06T12:34:56.789Z] [unit tests] [stdout] 42 passed`. */
export interface LogLine {
  /** Milliseconds since the epoch; undefined where the line has no head. */
  readonly time: number | undefined;
  /** Name of the step. */
  readonly source: string;
  readonly stderr: boolean;
  /** What the step printed, without the line end. */
  readonly text: string;
}

const nameStart = '[2026-01-06T12:34:56.789Z] ['.length;
const streamLength = 'stdout'.length;

export function parseLine(line: string): LogLine {
  const nameEnd = line.indexOf('] [', nameStart);
  const time = Date.parse(line.slice(1, nameStart - 3));
  if (nameEnd === -1 || Number.isNaN(time)) return { time: undefined, source: '', stderr: false, text: line };
  const streamStart = nameEnd + '] ['.length;
  return {
    time,
    source: line.slice(nameStart, nameEnd),
    stderr: line.startsWith('stderr', streamStart),
    text: line.slice(streamStart + streamLength + '] '.length).replace(/\r+$/, ''),
  };
}

/** The name of the step alone: it is asked for with every line that comes. */
export function sourceOf(line: string): string {
  return line.slice(nameStart, Math.max(nameStart, line.indexOf('] [', nameStart)));
}
