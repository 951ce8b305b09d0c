import { defineRoute } from '../routing/route.js';
import { PluginListSchema } from '../schemas/plugin.js';

const listPlugins = defineRoute({
  method: 'GET',
  path: '/api/v1/plugins',
  operationId: 'listPlugins',
  tag: 'operation',
  summary: 'The plugins of this server and how they stand',
  description: 'What is built in comes first, then the plugins in the order of the configuration.',
  auth: 'required',
  responses: { 200: { description: 'Every enabled plugin.', schema: PluginListSchema } },
  handle: async ({ ctx, deps }) => {
    const { apiVersion, items } = await deps.plugins();
    ctx.body = { api_version: apiVersion, items };
  },
});

export const pluginRoutes = [listPlugins];
