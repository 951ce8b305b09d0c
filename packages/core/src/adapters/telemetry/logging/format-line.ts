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
  const { timestamp, level, target, message, ...fields } = line;
  const entries = Object.entries(fields);
  const parts = [
    colours.dim(timestamp.slice(11, 23)),
    levelColour(level, colours)(level.padEnd(5)),
    colours.cyan(target),
    printable(message),
    ...entries
      .filter(([, value]) => !isDescribedError(value))
      .map(([key, value]) => colours.dim(`${key}=`) + fieldText(value)),
  ];
  const errors = entries.map(([, value]) => (isDescribedError(value) ? errorRows(value.stack, colours) : ''));
  return `${parts.join(' ')}\n${errors.join('')}`;
}

function fieldText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return /^[^\s"]+$/.test(text) ? printable(text) : JSON.stringify(text);
}

function errorRows(stack: string, colours: Colours): string {
  return stack
    .split('\n')
    .map((row) => `  ${colours.red(printable(row.trimEnd()))}\n`)
    .join('');
}

function isDescribedError(value: unknown): value is { readonly stack: string } {
  return typeof value === 'object' && value !== null && 'stack' in value && typeof value.stack === 'string';
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
