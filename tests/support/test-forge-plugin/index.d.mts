import type { Plugin } from '@danube/plugin-api';

declare const plugin: Plugin;
export default plugin;
