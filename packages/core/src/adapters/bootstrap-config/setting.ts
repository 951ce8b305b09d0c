import type { ValueReader } from './value-readers.js';

/** One key of `danube.toml`. */
export interface Setting<T = unknown> {
  readonly section: string;
  readonly key: string;
  /** The environment variable that wins over the file. */
  readonly env: string;
  readonly description: string;
  readonly reader: ValueReader<T>;
  /** As it would be written in the file; undefined where there is no default. */
  readonly defaultValue: string | boolean | undefined;
  /** Stands commented out in the file that `danube init-config` writes. */
  readonly example?: string;
}
