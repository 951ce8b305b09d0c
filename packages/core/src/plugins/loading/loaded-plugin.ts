import type { Contribution, ExtensionPoint, PluginInstance } from '@danube/plugin-api';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { PluginState } from '../../services/ports/extensions.js';

/** One type of a plugin, ready to make instances. */
export interface LoadedContribution {
  readonly plugin: LoadedPlugin;
  readonly point: ExtensionPoint;
  readonly contribution: Contribution<never, PluginInstance>;
  readonly validate: ValidateFunction;
}

/** A plugin that is in this process. It stays at its version until the server is started again. */
export interface LoadedPlugin {
  readonly package: string;
  readonly id: string;
  readonly version: string;
  readonly origin: NonNullable<PluginState['origin']>;
  /** Where its code lies; undefined for what is built in. */
  readonly folder: string | undefined;
  readonly contributions: readonly LoadedContribution[];
}
