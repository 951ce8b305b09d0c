import { contributionsOf, extensionPoints, type ExtensionPoint, type Plugin } from '@danube/plugin-api';

/** What a default export holds, as plain data: the same whichever process looked at it. */
export interface PluginDescription {
  readonly id: unknown;
  readonly contributions: readonly {
    readonly point: ExtensionPoint;
    readonly type: unknown;
    readonly configSchema: unknown;
    readonly counters: unknown;
    /** `typeof` its `create`. */
    readonly create: string;
  }[];
}

/** The plugin of a module: its default export, or what a CommonJS module exported as `default`. */
export function defaultExport(module: { readonly default?: unknown }): unknown {
  const value = module.default;
  const isWrapped = typeof value === 'object' && value !== null && 'default' in value && !('id' in value);
  return isWrapped ? value.default : value;
}

export function describePlugin(plugin: Plugin): PluginDescription {
  return {
    id: plugin.id,
    contributions: extensionPoints.flatMap((point) =>
      contributionsOf(plugin, point).map((contribution) => ({
        point,
        type: contribution.type,
        configSchema: contribution.configSchema,
        counters: contribution.counters,
        create: typeof contribution.create,
      })),
    ),
  };
}
