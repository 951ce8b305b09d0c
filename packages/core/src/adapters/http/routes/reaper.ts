import { Type } from 'typebox';
import { defineRoute } from '../routing/route.js';
import { ReaperReportSchema, StorageCheckSchema } from '../schemas/reaper.js';
import { reaperView } from '../views/reaper-view.js';

const runReaper = defineRoute({
  method: 'POST',
  path: '/api/v1/reaper',
  operationId: 'runReaper',
  tag: 'retention',
  summary: 'Remove now what was kept for as long as retention says',
  description: 'Answers when it is done; a run that is going on is waited for first.',
  auth: 'required',
  body: {
    required: false,
    schema: Type.Object(
      { dry_run: Type.Optional(Type.Boolean({ description: 'Only measure what would be removed.', default: false })) },
      { additionalProperties: false },
    ),
  },
  responses: { 200: { description: 'What was removed, or would be.', schema: ReaperReportSchema } },
  handle: async ({ ctx, deps, body }) => {
    ctx.body = reaperView(await deps.reaper.execute({ dryRun: body.dry_run ?? false, lowDisk: false }));
  },
});

const checkStorage = defineRoute({
  method: 'POST',
  path: '/api/v1/reaper/check',
  operationId: 'checkStorage',
  tag: 'retention',
  summary: 'Compare the files of logs and artifacts with the rows that name them',
  description:
    'With `repair`, files that nothing names are removed, and what names a file that is gone does so no more. Safe while ' +
    'jobs run.',
  auth: 'required',
  body: {
    required: false,
    schema: Type.Object(
      { repair: Type.Optional(Type.Boolean({ description: 'Make both agree.', default: false })) },
      { additionalProperties: false },
    ),
  },
  responses: { 200: { description: 'Where they disagree.', schema: StorageCheckSchema } },
  handle: async ({ ctx, deps, body }) => {
    ctx.body = await deps.reaper.check(body.repair ?? false);
  },
});

export const reaperRoutes = [runReaper, checkStorage];
