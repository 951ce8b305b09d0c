import type { Integrations } from '../../domain/config/integrations.js';
import type { SettingsProblem } from '../../domain/config/settings-problem.js';
import type { PluginFailure } from './extensions.js';

/** The next set of extensions, with its instances running, while the present one is still in force. */
export interface PreparedExtensions {
  /** Swaps the sets. Instances that the new one does not have are stopped when the calls in them have ended. */
  commit(): void;
  /** Stops what was started for the new set alone; the present one stays. */
  discard(): Promise<void>;
}

export type ExtensionsPreparation =
  | { readonly kind: 'ready'; readonly prepared: PreparedExtensions }
  | { readonly kind: 'invalid'; readonly problems: readonly SettingsProblem[] };

export interface ExtensionsCheck {
  readonly problems: readonly SettingsProblem[];
  /** Plugins that would be left out, or some of their entries, and that may be. */
  readonly failures: readonly PluginFailure[];
}

/** Makes what the settings say about plugins real. */
export interface ExtensionBuilder {
  /**
   * Loads plugins, checks their entries and starts instances; those that stay as they are are taken over. Optional plugins
   * that fail are left out. Calls must not overlap, and each ready one ends with `commit` or `discard`.
   * @throws the signal's reason, with nothing left running
   */
  prepare(integrations: Integrations, signal: AbortSignal): Promise<ExtensionsPreparation>;
  /** What `prepare` would refuse, short of starting anything. */
  check(integrations: Integrations, signal: AbortSignal): Promise<ExtensionsCheck>;
}
