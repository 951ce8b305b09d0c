import type { LogFields, Logger, LoggerFactory } from '@danube/core/services/ports/logger.js';

export interface LoggedEntry {
  readonly target: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

/** Keeps what is logged. */
export class RecordingLoggers implements LoggerFactory {
  readonly entries: LoggedEntry[] = [];

  forTarget(target: string): Logger {
    const level =
      (level: LoggedEntry['level']) =>
      (message: string, fields: LogFields = {}): void =>
        void this.entries.push({ target, level, message, fields });
    return { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') };
  }

  /** Messages of one level, in order. */
  messages(level: LoggedEntry['level']): string[] {
    return this.entries.filter((entry) => entry.level === level).map(({ message }) => message);
  }
}
