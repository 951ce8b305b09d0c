/** One line of a job's log, taken apart again. */
export interface LogLine {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly source: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

const pattern = /^\[([^\]]+)\] \[([^\]]*)\] \[(stdout|stderr)\] (.*)$/s;

/** Undefined for text that is not a whole line of a job's log. `line` comes without its line end. */
export function parseLogLine(line: string): LogLine | undefined {
  const [, time = '', source = '', stream, text = ''] = pattern.exec(line) ?? [];
  if (stream !== 'stdout' && stream !== 'stderr') return undefined;
  return { time: Date.parse(time), source, stream, text };
}
