import { defineRoute } from '../routing/route.js';
import { ConfigStatusSchema, ConfigSyncOutcomeSchema } from '../schemas/config.js';
import { isoTime } from '../views/iso-time.js';

const getConfig = defineRoute({
  method: 'GET',
  path: '/api/v1/config',
  operationId: 'getConfig',
  tag: 'config',
  summary: 'The commit of the config repository in force, and how the last syncs went',
  auth: 'required',
  responses: { 200: { description: 'The state of the configuration.', schema: ConfigStatusSchema } },
  handle: async ({ ctx, deps }) => {
    const { repository, current, syncs } = await deps.configStatus();
    ctx.body = {
      repository,
      current: current && { commit: current.commit, applied_at: isoTime(current.appliedAt) },
      syncs: syncs.map(({ id, commit, status, startedAt, finishedAt, problems }) => ({
        id,
        commit,
        status,
        started_at: isoTime(startedAt),
        finished_at: isoTime(finishedAt),
        problems,
      })),
    };
  },
});

const syncConfig = defineRoute({
  method: 'POST',
  path: '/api/v1/config/sync',
  operationId: 'syncConfig',
  tag: 'config',
  summary: 'Read the config repository now',
  description:
    'Answers when it is done. A commit with problems is not applied: status `failed` lists them, and the configuration ' +
    'in force stays.',
  auth: 'required',
  responses: { 200: { description: 'How it went.', schema: ConfigSyncOutcomeSchema } },
  handle: async ({ ctx, deps, server }) => {
    const { pluginFailures, ...outcome } = await deps.syncConfig(server.stopping);
    ctx.body = { ...outcome, plugin_failures: pluginFailures };
  },
});

export const configRoutes = [getConfig, syncConfig];
