import type { ConfigPath } from './config-path.js';

/** Something wrong with the instance settings, before anybody has looked up where it stands in which file. */
export interface SettingsProblem {
  /** From the top of the settings as YAML names them: `['forges', 0, 'url']`. */
  readonly path: ConfigPath;
  /** Whether the key is meant rather than its value. */
  readonly atKey: boolean;
  readonly message: string;
  readonly suggestion: string | undefined;
}
