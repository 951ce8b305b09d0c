import type { JsonValue } from '@danube/plugin-api';

/** A package that the configuration asks to be loaded. */
export interface PluginEntry {
  readonly package: string;
  /** An optional one that fails is left out and reported; any other keeps the configuration from coming into force. */
  readonly optional: boolean;
}

/** One entry of a section such as `forges`. */
export interface IntegrationEntry {
  readonly type: string;
  /** Unique within the section; the type where the entry gives none. */
  readonly name: string;
  /** The keys that are not Danube's own; the type's schema decides about them. */
  readonly config: Readonly<Record<string, JsonValue>>;
}

export interface ForgeEntry extends IntegrationEntry {
  /** Name of the secret that signs deliveries to pipelines that name none of their own. */
  readonly webhookSecret: string | undefined;
}

export interface GitAuthEntry extends IntegrationEntry {
  /** Glob patterns of `host/path`, for example `github.com/myorg/*`. */
  readonly matchPatterns: readonly string[];
}

/** What the instance settings say about plugins, in the order of the file. */
export interface Integrations {
  readonly plugins: readonly PluginEntry[];
  readonly forges: readonly ForgeEntry[];
  readonly gitAuthMethods: readonly GitAuthEntry[];
  readonly notifiers: readonly IntegrationEntry[];
  readonly builders: readonly IntegrationEntry[];
  readonly storages: readonly IntegrationEntry[];
}
