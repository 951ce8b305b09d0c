export type LogFields = Readonly<Record<string, unknown>>;

/** One target's log, for example `danube.jobs`. Secrets and credentials are redacted by the adapter. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LoggerFactory {
  /** `target` is dotted, so that `DANUBE_LOG=info,danube.jobs=debug` can name it or a parent of it. */
  forTarget(target: string): Logger;
}
