import pc from 'picocolors';
import type { LogLine } from './log-line.js';

export type LogFormat = 'json' | 'pretty';

type Colours = ReturnType<typeof pc.createColors>;

/** How a log line becomes text; one object per line for machines, one short line for a terminal. */
export function lineFormatter(format: LogFormat, colour: boolean): (line: LogLine) => string {
  if (format === 'json') return (line) => JSON.stringify(line) + '\n';
  const colours = pc.createColors(colour);
  return (line) => prettyLine(line, colours);
}

function prettyLine(line: LogLine, colours: Colours): string {
  const { timestamp, level, target, message, error, ...fields } = line;
  const parts = [
    colours.dim(timestamp.slice(11, 23)),
    levelColour(level, colours)(level.padEnd(5)),
    colours.cyan(target),
    printable(message),
    ...Object.entries(fields).map(([key, value]) => colours.dim(`${key}=`) + fieldText(value)),
  ];
  return parts.join(' ') + '\n' + errorText(error, colours);
}

function fieldText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[^\s"]+$/.test(text) ? printable(text) : JSON.stringify(text);
}

function errorText(error: unknown, colours: Colours): string {
  if (error === undefined) return '';
  const text = isDescribed(error) ? error.stack : typeof error === 'string' ? error : JSON.stringify(error);
  return text
    .split('\n')
    .map((row) => `  ${colours.red(printable(row.trimEnd()))}\n`)
    .join('');
}

function isDescribed(error: unknown): error is { stack: string } {
  return typeof error === 'object' && error !== null && 'stack' in error && typeof error.stack === 'string';
}

function levelColour(level: string, colours: Colours): (text: string) => string {
  if (level === 'ERROR') return colours.red;
  if (level === 'WARN') return colours.yellow;
  return level === 'INFO' ? colours.green : colours.blue;
}

/** What a log holds may come from outside: it must not move the cursor of the terminal that shows it. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
