import bunyan from 'bunyan';
import type { LogFields, Logger, LoggerFactory } from '../../../services/ports/logger.js';
import type { RequestContext } from '../../../services/ports/request-context.js';
import { lineFormatter, type LogFormat } from './format-line.js';
import { toLogLine } from './log-line.js';
import { parseLogLevels, type LogLevel } from './log-levels.js';
import type { Redactor } from './redactor.js';

export interface LoggingOptions {
  /** As in `DANUBE_LOG`, for example `info,danube.jobs=debug`. */
  readonly levels: string;
  readonly format: LogFormat;
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly redactor: Redactor;
  readonly requestContext: RequestContext;
}

interface BunyanRecord {
  readonly time: Date;
  readonly level: number;
  readonly msg: string;
  readonly target: string;
  readonly fields: LogFields;
}

const bunyanLevels: Readonly<Record<LogLevel, number>> = {
  debug: bunyan.DEBUG,
  info: bunyan.INFO,
  warn: bunyan.WARN,
  error: bunyan.ERROR,
  off: bunyan.FATAL + 1,
};

/** A log reader that went away must not take the server with it. */
const ignoreError = (): void => undefined;

/**
 * Logs through bunyan. Only its raw stream lets the output have Danube's own shape; fields travel under one key because
 * bunyan would take a field called `name`, `level` or `time` for its own.
 * @throws DanubeError `log_level_invalid` (invalid) when the levels cannot be read.
 */
export function createLoggerFactory(options: LoggingOptions): LoggerFactory {
  const levels = parseLogLevels(options.levels);
  const format = lineFormatter(options.format, options.output.isTTY === true && process.env['NO_COLOR'] === undefined);
  // once for an output, however many servers of a process log to it
  options.output.off('error', ignoreError).on('error', ignoreError);
  const write = (record: BunyanRecord): void => {
    const line = toLogLine(
      {
        time: record.time,
        level: bunyan.nameFromLevel[record.level]?.toUpperCase() ?? String(record.level),
        target: record.target,
        requestId: options.requestContext.current()?.requestId,
        message: record.msg,
        fields: record.fields,
      },
      options.redactor,
    );
    options.output.write(format(line));
  };
  const root = bunyan.createLogger({
    name: 'danube',
    streams: [{ type: 'raw', stream: { write } as unknown as NodeJS.WritableStream, level: bunyan.DEBUG }],
  });
  return {
    forTarget(target) {
      const child = root.child({ target });
      child.level(bunyanLevels[levels.of(target)]);
      return asLogger(child);
    },
  };
}

function asLogger(log: bunyan): Logger {
  const none: LogFields = {};
  return {
    debug: (message, fields = none) => void log.debug({ fields }, message),
    info: (message, fields = none) => void log.info({ fields }, message),
    warn: (message, fields = none) => void log.warn({ fields }, message),
    error: (message, fields = none) => void log.error({ fields }, message),
  };
}
