import type { SecretValue } from './secret-value.js';
import type { JsonSchema } from './values.js';

/**
 * Where a plugin writes what an administrator should see. Secrets and credentials are redacted by the host. Never throws, and
 * may be called at any time from anywhere.
 */
export interface PluginLogger {
  /** Shown where the administrator asks for more of this plugin: `DANUBE_LOG=info,danube.plugins.<id>=debug`. */
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** What happens seldom and is as it should be. */
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** What somebody should look at, while the plugin goes on. */
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** What failed and is not thrown, such as in a timer: what a call throws, the host logs. */
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What the host gives one instance: no more than its own entry of `config.yaml` asks for. */
export interface ContributionContext {
  readonly logger: PluginLogger;
  /**
   * The secret of that name, read from the store anew, so that a changed one holds from the next call on. Only names that
   * this entry's configuration gives under keys made with `secretName()` are answered.
   * @throws DanubeError `secret_not_found` (not_found) when the store has none of that name, `secret_not_granted`
   * (forbidden) when the entry does not name it
   */
  secret(name: string, signal: AbortSignal): Promise<SecretValue>;
  /**
   * Adds one to a counter that the contribution declares. Values of labels longer than the host keeps are cut.
   * @throws DanubeError `plugin_counter_refused` (invalid) for a counter that is not declared, and for other labels than the
   * declared ones
   */
  count(counter: string, labels: Readonly<Record<string, string>>): void;
}

/** A counter of a plugin in the metrics of the server. Label values must be few: never an id, a URL or a message. */
export interface CounterDeclaration {
  readonly help: string;
  readonly labels: readonly string[];
}

/** What every instance may have besides the members of its extension point. */
export interface PluginInstance {
  /** Called once before the first use; the host ends it at its boot time limit through `signal`. */
  start?(signal: AbortSignal): Promise<void>;
  /** Called from the readiness check, possibly while other methods run. Throw to report as degraded. */
  checkHealth?(signal: AbortSignal): Promise<void>;
  /** Called once at shutdown or when a configuration change drops the entry; must be safe after a failed start. */
  stop?(): Promise<void>;
}

/** One `type` that a plugin adds to one extension point. */
export interface Contribution<Config = unknown, Instance extends PluginInstance = PluginInstance> {
  /** As written in `config.yaml`: lower-case letters, digits, `_` and `-`. Unique within its extension point. */
  readonly type: string;
  /** A closed JSON Schema (`additionalProperties: false`) for the keys of the entry that are not Danube's own. */
  readonly configSchema: JsonSchema;
  /** By full name, which begins with `danube_`, the plugin's id (with `_` for `-`) and `_`, and ends with `_total`. */
  readonly counters?: Readonly<Record<string, CounterDeclaration>>;
  /** Makes an instance from a validated entry. Synchronous and without I/O: I/O belongs into `start`. */
  create(config: Config, context: ContributionContext): Instance;
}
