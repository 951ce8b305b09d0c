import { Type } from 'typebox';
import { fullRef } from '../../../domain/job/short-ref.js';
import type { Pipeline } from '../../../domain/pipeline/pipeline.js';
import { pipelineNotFound, requestInvalid } from '../errors/http-errors.js';
import type { HttpDependencies } from '../http-dependencies.js';
import { defineRoute } from '../routing/route.js';
import { limit, page } from '../schemas/field-types.js';
import { JobSchema } from '../schemas/job.js';
import { BranchListSchema, PipelineDetailSchema, PipelineSchema, TriggerRequestSchema } from '../schemas/pipeline.js';
import { jobView } from '../views/job-view.js';
import { pipelineDetailView, pipelineView, type PipelineFacts } from '../views/pipeline-view.js';

/** How many of its last jobs a pipeline shows. */
const shownJobs = 20;

const pipelineId = Type.Object({ id: Type.String({ maxLength: 100, description: 'Name of the pipeline.' }) });

const listPipelines = defineRoute({
  method: 'GET',
  path: '/api/v1/pipelines',
  operationId: 'listPipelines',
  tag: 'pipelines',
  summary: 'Pipelines of the active configuration, by name',
  auth: 'required',
  query: Type.Object(
    {
      limit,
      cursor: Type.Optional(Type.String({ maxLength: 100, description: '`next_cursor` of the page before.' })),
      team: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Only those of this team.' })),
      search: Type.Optional(
        Type.String({ minLength: 1, maxLength: 100, description: 'Only names that contain this.' }),
      ),
    },
    { additionalProperties: false },
  ),
  responses: { 200: { description: 'One page.', schema: page(PipelineSchema) } },
  handle: async ({ ctx, deps, query: { limit = 50, cursor, ...filter } }) => {
    const { items, nextCursor } = await deps.pipelines.list(filter, {
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    const facts = await factsOf(deps, items);
    ctx.body = { items: items.map((pipeline) => pipelineView(pipeline, facts(pipeline.id))), next_cursor: nextCursor };
  },
});

const getPipeline = defineRoute({
  method: 'GET',
  path: '/api/v1/pipelines/:id',
  operationId: 'getPipeline',
  tag: 'pipelines',
  summary: 'One pipeline with all of its settings',
  auth: 'required',
  params: pipelineId,
  responses: { 200: { description: 'The pipeline.', schema: PipelineDetailSchema } },
  handle: async ({ ctx, deps, params: { id } }) => {
    const pipeline = await deps.pipelines.findById(id);
    if (pipeline === undefined) throw pipelineNotFound(id);
    const facts = await factsOf(deps, [pipeline]);
    ctx.body = pipelineDetailView(pipeline, facts(id));
  },
});

/** What is not part of the configuration but of how its pipelines fare. */
async function factsOf(deps: HttpDependencies, pipelines: readonly Pipeline[]) {
  const ids = pipelines.map(({ id }) => id);
  const [recent, triggers] = await Promise.all([
    deps.jobs.listRecentByPipeline(ids, shownJobs),
    deps.describeTriggers(pipelines),
  ]);
  return (id: string): PipelineFacts => ({ recentJobs: recent.get(id) ?? [], described: triggers.get(id)! });
}

const listBranches = defineRoute({
  method: 'GET',
  path: '/api/v1/pipelines/:id/branches',
  operationId: 'listPipelineBranches',
  tag: 'pipelines',
  summary: 'Branches of the repository of a pipeline, as they are now',
  description: 'Asks the server of the repository. At most the first 1,000.',
  auth: 'required',
  params: pipelineId,
  responses: { 200: { description: 'Their short names.', schema: BranchListSchema } },
  handle: async ({ ctx, deps, params: { id }, server }) => {
    const pipeline = await deps.pipelines.findById(id);
    if (pipeline === undefined) throw pipelineNotFound(id);
    const branches = await deps.listBranches(pipeline.spec.repository, server.stopping);
    ctx.body = { items: branches.slice(0, 1000) };
  },
});

const triggerPipeline = defineRoute({
  method: 'POST',
  path: '/api/v1/pipelines/:id/trigger',
  operationId: 'triggerPipeline',
  tag: 'pipelines',
  summary: 'Start a job now',
  description:
    'Without `branch`, `ref` and `commit`, the head of the pipeline’s own branch is built. While a job of the same ' +
    'pipeline, ref and commit has not ended, that job is answered instead of a new one.',
  auth: 'required',
  params: pipelineId,
  body: { required: false, schema: TriggerRequestSchema },
  responses: {
    200: { description: 'The unfinished job that does the same already.', schema: JobSchema },
    201: { description: 'The new job.', schema: JobSchema },
  },
  handle: async ({ ctx, deps, params, body: { branch, ref, commit, env }, identity, server }) => {
    if (branch !== undefined && ref !== undefined) {
      throw requestInvalid([{ in: 'body', field: 'ref', message: 'and body branch exclude each other: send one' }]);
    }
    const { job, duplicate } = await deps.startJob(
      {
        pipelineId: params.id,
        ref: branch === undefined ? ref : fullRef(branch),
        commit,
        env,
        trigger: { type: 'manual', actor: identity?.name ?? '' },
      },
      server.stopping,
    );
    ctx.status = duplicate ? 200 : 201;
    ctx.set('location', `/api/v1/jobs/${job.id}`);
    ctx.body = jobView(job);
  },
});

export const pipelineRoutes = [listPipelines, getPipeline, listBranches, triggerPipeline];
