import type { AssembledConfiguration } from '../../domain/config/assemble-configuration.js';
import type { ConfigFile } from './config-source.js';

/** Reads the files of one commit as a configuration. */
export interface ConfigParser {
  /**
   * The whole configuration, or every problem of every file. Files that are as they were at the last call are not parsed
   * again, and other work of the process goes on meanwhile. Calls must not overlap.
   */
  parse(files: readonly ConfigFile[], signal: AbortSignal): Promise<AssembledConfiguration>;
}
