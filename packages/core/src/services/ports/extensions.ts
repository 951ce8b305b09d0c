import type { Builder, ExtensionPoint, Forge, GitAuthMethod, Notifier, Storage } from '@danube/plugin-api';

/** One configured instance, with every call into its plugin guarded: time limit, span, metric, errors as DanubeError. */
export interface ConfiguredForge {
  /** Name of the entry: the last part of its webhook address. */
  readonly name: string;
  readonly type: string;
  readonly webhookSecret: string | undefined;
  readonly forge: Forge;
}

export interface ConfiguredGitAuth {
  readonly name: string;
  readonly type: string;
  readonly matchPatterns: readonly string[];
  readonly method: GitAuthMethod;
}

export interface ConfiguredNotifier {
  readonly name: string;
  readonly type: string;
  readonly notifier: Notifier;
}

export interface ConfiguredBuilder {
  readonly name: string;
  readonly type: string;
  readonly builder: Builder;
}

export interface ConfiguredStorage {
  readonly name: string;
  readonly type: string;
  readonly storage: Storage;
}

/** How one plugin stands. */
export interface PluginState {
  readonly package: string;
  /** Undefined where the manifest could not be read. */
  readonly id: string | undefined;
  readonly version: string | undefined;
  readonly origin: 'built_in' | 'data_directory' | 'bundled' | undefined;
  readonly optional: boolean;
  /** `degraded`: it works, but an entry of it was left out or lacks a secret, or its code crashed. `quarantined`: nothing of it is used. */
  readonly status: 'loaded' | 'degraded' | 'quarantined';
  /** Why it is not simply loaded, in words for the administrator. */
  readonly reason: string | undefined;
  readonly contributes: readonly { readonly point: ExtensionPoint; readonly type: string }[];
}

/** A plugin that is not simply loaded. */
export interface PluginFailure {
  readonly package: string;
  readonly status: 'degraded' | 'quarantined';
  readonly reason: string;
}

/** Everything that plugins add to one configuration. Immutable; in the order of the configuration. */
export interface ExtensionSet {
  readonly plugins: readonly PluginState[];
  readonly forges: readonly ConfiguredForge[];
  readonly gitAuthMethods: readonly ConfiguredGitAuth[];
  readonly notifiers: readonly ConfiguredNotifier[];
  readonly builders: readonly ConfiguredBuilder[];
  readonly storages: readonly ConfiguredStorage[];
}

/** The set in force. Read `current` once for each piece of work: a config sync may swap it between two reads. */
export interface Extensions {
  readonly current: ExtensionSet;
}
