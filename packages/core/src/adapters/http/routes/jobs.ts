import { Type } from 'typebox';
import { jobStatuses } from '../../../domain/job/job-status.js';
import { jobNotFound } from '../errors/http-errors.js';
import { defineRoute } from '../routing/route.js';
import { limit, oneOf, page, time } from '../schemas/field-types.js';
import { JobDetailSchema, JobSchema, triggerTypes } from '../schemas/job.js';
import { jobDetailView, jobView } from '../views/job-view.js';

export const jobId = Type.Object({ id: Type.String({ maxLength: 100, description: 'Id of the job.' }) });

const listJobs = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs',
  operationId: 'listJobs',
  tag: 'jobs',
  summary: 'Jobs, newest first',
  auth: 'required',
  query: Type.Object(
    {
      limit,
      cursor: Type.Optional(Type.String({ format: 'uuid', description: '`next_cursor` of the page before.' })),
      pipeline: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Id of a pipeline.' })),
      status: Type.Optional(
        Type.Array(oneOf(jobStatuses), { description: 'Any of these; repeated or separated by commas.' }),
      ),
      branch: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'Short name of the branch.' })),
      trigger: Type.Optional(oneOf(triggerTypes, 'What caused the job.')),
      created_from: Type.Optional(time('Created at this time or later.')),
      created_before: Type.Optional(time('Created before this time.')),
    },
    { additionalProperties: false },
  ),
  responses: { 200: { description: 'One page.', schema: page(JobSchema) } },
  handle: async ({ ctx, deps, query }) => {
    const { items, nextCursor } = await deps.jobs.list(
      {
        ...(query.pipeline !== undefined && { pipelineId: query.pipeline }),
        ...(query.status !== undefined && { statuses: query.status }),
        ...(query.branch !== undefined && { branch: query.branch }),
        ...(query.trigger !== undefined && { triggerType: query.trigger }),
        ...(query.created_from !== undefined && { createdFrom: Date.parse(query.created_from) }),
        ...(query.created_before !== undefined && { createdBefore: Date.parse(query.created_before) }),
      },
      { limit: query.limit ?? 50, ...(query.cursor !== undefined && { cursor: query.cursor }) },
    );
    ctx.body = { items: items.map(jobView), next_cursor: nextCursor };
  },
});

const getJob = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs/:id',
  operationId: 'getJob',
  tag: 'jobs',
  summary: 'One job with its steps and artifacts',
  auth: 'required',
  params: jobId,
  responses: { 200: { description: 'The job.', schema: JobDetailSchema } },
  handle: async ({ ctx, deps, params: { id } }) => {
    const job = await deps.jobs.findById(id);
    if (job === undefined) throw jobNotFound(id);
    const [steps, status, artifacts] = await Promise.all([
      deps.steps.listByJob(id),
      deps.commitStatuses.findByJob(id),
      deps.artifacts.listByJob(id),
    ]);
    ctx.body = jobDetailView(job, steps, status, artifacts);
  },
});

const cancelJob = defineRoute({
  method: 'POST',
  path: '/api/v1/jobs/:id/cancel',
  operationId: 'cancelJob',
  tag: 'jobs',
  summary: 'Cancel a job',
  description: 'Idempotent: a job that has ended stays as it is, and is answered.',
  auth: 'required',
  params: jobId,
  responses: { 200: { description: 'The job as it stands now.', schema: JobSchema } },
  handle: async ({ ctx, deps, params: { id }, identity }) => {
    ctx.body = jobView(await deps.cancelJob(id, `cancelled by ${identity?.name ?? 'nobody'}`));
  },
});

const rerunJob = defineRoute({
  method: 'POST',
  path: '/api/v1/jobs/:id/rerun',
  operationId: 'rerunJob',
  tag: 'jobs',
  summary: 'Run the commit of a job once more',
  description:
    'With the same extra environment, as the pipeline is configured now. While a job of the same pipeline, ref and commit ' +
    'has not ended, that job is answered instead of a new one.',
  auth: 'required',
  params: jobId,
  responses: {
    200: { description: 'The unfinished job that does the same already.', schema: JobSchema },
    201: { description: 'The new job.', schema: JobSchema },
  },
  handle: async ({ ctx, deps, params: { id }, identity }) => {
    const { job, duplicate } = await deps.rerunJob(id, identity?.name ?? '');
    ctx.status = duplicate ? 200 : 201;
    ctx.set('location', `/api/v1/jobs/${job.id}`);
    ctx.body = jobView(job);
  },
});

export const jobRoutes = [listJobs, getJob, cancelJob, rerunJob];
