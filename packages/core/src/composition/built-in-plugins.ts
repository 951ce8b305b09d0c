import type { Plugin } from '@danube/plugin-api';

/** Plugins inside of core: always enabled, and held to the same rules as any other. */
export const builtInPlugins: readonly Plugin[] = [];
