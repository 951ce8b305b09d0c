import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { Job } from '../../../domain/job/job.js';
import { isFinal } from '../../../domain/job/job-status.js';
import { jobNotFound, logNotFound, logRemoved } from '../errors/http-errors.js';
import type { HttpDependencies } from '../http-dependencies.js';
import { chooseRange } from '../log-view/log-range.js';
import { defineRoute } from '../routing/route.js';
import { page } from '../schemas/field-types.js';
import { LogSectionSchema, logSearchQuery } from '../schemas/log.js';
import { sectionView } from '../views/section-view.js';
import { searchJobLog } from './job-log-search.js';
import { streamJobLog } from './job-log-stream.js';
import { jobId } from './jobs.js';

const offset = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }));

const getLog = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs/:id/logs',
  operationId: 'getJobLog',
  tag: 'logs',
  summary: 'The log of a job as text, whole or in part',
  description:
    'Choose a part by bytes (`from`, `to`), by lines (`lines`) or by the `Range` header. The headers `X-Log-Size` ' +
    'and `X-Log-Lines` give the length of the log so far, `X-Log-From` and `X-Log-To` the bytes of the answer. An ' +
    'unfinished job has an empty log until it is claimed.',
  auth: 'required',
  params: jobId,
  query: Type.Object(
    {
      from: offset('First byte, counted from 0.'),
      to: offset('Byte after the last one.'),
      lines: Type.Optional(
        Type.String({ pattern: '^[0-9]{1,12}-[0-9]{1,12}$', description: 'First and last line, counted from 1.' }),
      ),
    },
    { additionalProperties: false },
  ),
  headers: Type.Object({
    range: Type.Optional(Type.String({ description: 'One range, for example `bytes=0-1023`.' })),
  }),
  responses: {
    200: { description: 'The log, or the part that the query chose.', type: 'text/plain' },
    206: { description: 'The part that the `Range` header chose.', type: 'text/plain' },
  },
  handle: async ({ ctx, deps, params: { id }, query }) => {
    const size = await logSize(deps, await existingJob(deps, id));
    ctx.set({ 'x-log-size': String(size), 'accept-ranges': 'bytes' });
    ctx.set({ 'x-log-lines': String(await deps.logs.countLines(id)) });
    const { from, to, partial } = await chooseRange(deps.logs, id, size, query, ctx.get('range'));
    ctx.set({ 'x-log-from': String(from), 'x-log-to': String(to) });
    if (partial) {
      ctx.status = 206;
      ctx.set('content-range', `bytes ${from}-${to - 1}/${size}`);
    }
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = from === to ? '' : Readable.from(deps.logs.read(id, { from, to }), { objectMode: false });
    ctx.length = to - from;
  },
});

const streamLog = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs/:id/logs/stream',
  operationId: 'streamJobLog',
  tag: 'logs',
  summary: 'The log of a job as it grows, as server-sent events',
  description: 'docs/http-api.md describes the events `log`, `status`, `skipped` and `end`.',
  auth: 'required',
  streaming: true,
  params: jobId,
  query: Type.Object({ from: offset('First byte to send.') }, { additionalProperties: false }),
  headers: Type.Object({
    'last-event-id': Type.Optional(Type.String({ description: 'Byte offset to resume at; wins over `from`.' })),
  }),
  responses: { 200: { description: 'Events until the log is complete.', type: 'text/event-stream' } },
  handle: async (call) => {
    const job = await existingJob(call.deps, call.params.id);
    refuseRemoved(job);
    await streamJobLog(call, job, call.query.from);
  },
});

const listSections = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs/:id/logs/sections',
  operationId: 'listLogSections',
  tag: 'logs',
  summary: 'Which step printed which lines of the log',
  description: 'In the order of the lines. Steps that run at the same time have many sections.',
  auth: 'required',
  params: jobId,
  query: Type.Object(
    {
      cursor: Type.Optional(Type.Integer({ minimum: 1, description: '`next_cursor` of the page before.' })),
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 10_000, default: 1000, description: 'How many a page has at most.' }),
      ),
    },
    { additionalProperties: false },
  ),
  responses: { 200: { description: 'One page.', schema: page(LogSectionSchema) } },
  handle: async ({ ctx, deps, params: { id }, query: { cursor = 1, limit = 1000 } }) => {
    await logSize(deps, await existingJob(deps, id));
    // one more tells whether there is a next page
    const sections = await deps.logs.sections(id, cursor, limit + 1);
    ctx.body = { items: sections.slice(0, limit).map(sectionView), next_cursor: sections[limit]?.firstLine.toString() };
  },
});

const searchLog = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs/:id/logs/search',
  operationId: 'searchJobLog',
  tag: 'logs',
  summary: 'Numbers of the lines that hold a text, as server-sent events',
  description: 'docs/http-api.md describes the events `found`, `end` and `error`.',
  auth: 'required',
  streaming: true,
  params: jobId,
  query: logSearchQuery,
  responses: { 200: { description: 'Events until the end of the log as it is now.', type: 'text/event-stream' } },
  handle: async (call) => {
    const { q: text, regex = false, case: matchCase = false, from_line: fromLine = 1, limit = 10_000 } = call.query;
    const job = await existingJob(call.deps, call.params.id);
    await logSize(call.deps, job);
    await searchJobLog(call, job.id, { text, regex, matchCase, fromLine, limit });
  },
});

async function existingJob(deps: HttpDependencies, id: string): Promise<Job> {
  const job = await deps.jobs.findById(id);
  if (job === undefined) throw jobNotFound(id);
  return job;
}

function refuseRemoved({ id, logRemovedAt }: Job): void {
  if (logRemovedAt !== undefined) throw logRemoved(id, logRemovedAt);
}

async function logSize(deps: HttpDependencies, job: Job): Promise<number> {
  refuseRemoved(job);
  const size = await deps.logs.size(job.id);
  if (size === undefined && isFinal(job.status)) throw logNotFound(job.id);
  return size ?? 0;
}

export const jobLogRoutes = [getLog, streamLog, listSections, searchLog];
