import type { Redactor } from './redactor.js';

/** One log entry before it becomes text. The key order is the order in the output. */
export type LogLine = {
  readonly timestamp: string;
  readonly level: string;
  readonly target: string;
  readonly request_id?: string;
  readonly message: string;
} & Readonly<Record<string, unknown>>;

export interface LogEntry {
  readonly time: Date;
  readonly level: string;
  readonly target: string;
  readonly requestId: string | undefined;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const reserved = new Set(['timestamp', 'level', 'target', 'request_id', 'message']);

/** Redacts an entry and gives it the shape that log collectors parse. */
export function toLogLine(entry: LogEntry, redactor: Redactor): LogLine {
  const line: Record<string, unknown> = {
    timestamp: entry.time.toISOString(),
    level: entry.level,
    target: entry.target,
  };
  if (entry.requestId !== undefined) line['request_id'] = entry.requestId;
  line['message'] = redactor.text(entry.message);
  for (const [key, value] of Object.entries(entry.fields)) {
    line[reserved.has(key) ? `field_${key}` : key] = redactor.field(key, value);
  }
  return line as LogLine;
}
