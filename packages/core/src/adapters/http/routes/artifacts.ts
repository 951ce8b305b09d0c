import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { Type } from 'typebox';
import { archiveFileName } from '../../../domain/artifact/artifact-name.js';
import { signatureMissing } from '../../../domain/artifact/signature-missing.js';
import { readRange } from '../byte-range.js';
import { jobNotFound } from '../errors/http-errors.js';
import { defineRoute } from '../routing/route.js';
import { ArtifactSchema } from '../schemas/artifact.js';
import { limit, page } from '../schemas/field-types.js';
import { artifactView } from '../views/artifact-view.js';
import { jobId } from './jobs.js';

/** Koa ends the content when the reader leaves. */
const untilClosed = new AbortController().signal;

const listArtifacts = defineRoute({
  method: 'GET',
  path: '/api/v1/artifacts',
  operationId: 'listArtifacts',
  tag: 'artifacts',
  summary: 'Artifacts of all jobs, newest first',
  auth: 'required',
  query: Type.Object(
    {
      limit,
      cursor: Type.Optional(Type.String({ format: 'uuid', description: '`next_cursor` of the page before.' })),
      sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Only those with this content.' })),
    },
    { additionalProperties: false },
  ),
  responses: { 200: { description: 'One page.', schema: page(ArtifactSchema) } },
  handle: async ({ ctx, deps, query: { limit: most = 50, cursor, sha256 } }) => {
    const filter = sha256 === undefined ? {} : { sha256 };
    const page = { limit: most, ...(cursor !== undefined && { cursor }) };
    const { items, nextCursor } = await deps.artifacts.list(filter, page);
    ctx.body = { items: items.map(artifactView), next_cursor: nextCursor };
  },
});

const listJobArtifacts = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs/:id/artifacts',
  operationId: 'listJobArtifacts',
  tag: 'artifacts',
  summary: 'Artifacts of a job, by name, all at once',
  auth: 'required',
  params: jobId,
  responses: {
    200: { description: 'The artifacts.', schema: Type.Object({ items: Type.Array(ArtifactSchema) }) },
  },
  handle: async ({ ctx, deps, params: { id } }) => {
    if ((await deps.jobs.findById(id)) === undefined) throw jobNotFound(id);
    ctx.body = { items: (await deps.artifacts.listByJob(id)).map(artifactView) };
  },
});

const artifactOfJob = Type.Object({
  ...jobId.properties,
  name: Type.String({ maxLength: 200, description: 'Its name.' }),
});

const getArtifactSignature = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs/:id/artifacts/:name.sig',
  operationId: 'getArtifactSignature',
  tag: 'artifacts',
  summary: 'The signature of an artifact: 64 bytes, Ed25519, over the 32 bytes of its SHA-256',
  auth: 'required',
  params: artifactOfJob,
  responses: { 200: { description: 'The signature.', type: 'application/octet-stream' } },
  handle: async ({ ctx, deps, params: { id, name } }) => {
    const { signature } = await deps.readArtifact.find(id, name);
    if (signature === undefined) throw signatureMissing(id, name);
    ctx.type = 'application/octet-stream';
    ctx.set('content-disposition', `attachment; filename="${archiveFileName(name)}.sig"`);
    ctx.body = Buffer.from(signature);
  },
});

const getArtifact = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs/:id/artifacts/:name',
  operationId: 'getArtifact',
  tag: 'artifacts',
  summary: 'An artifact as a .tar.gz archive, whole or in part',
  description:
    '`ETag` is the SHA-256 of the archive, so that `If-None-Match` and `If-Range` work. `HEAD` answers the same without ' +
    'the archive.',
  auth: 'required',
  streaming: true,
  params: artifactOfJob,
  headers: Type.Object({
    range: Type.Optional(Type.String({ description: 'One range, for example `bytes=0-1023`.' })),
    'if-range': Type.Optional(Type.String({ description: 'The `ETag` that the range is of.' })),
  }),
  responses: {
    200: { description: 'The archive.', type: 'application/gzip' },
    206: { description: 'The part that the `Range` header chose.', type: 'application/gzip' },
    304: { description: 'It is what `If-None-Match` names.' },
  },
  handle: async ({ ctx, deps, params: { id, name } }) => {
    const artifact = await deps.readArtifact.find(id, name);
    const { sizeBytes, sha256, createdAt } = artifact;
    ctx.status = 200;
    ctx.set({ 'accept-ranges': 'bytes', etag: `"${sha256}"`, 'last-modified': new Date(createdAt).toUTCString() });
    ctx.set({ 'cache-control': 'private, no-cache' });
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    ctx.type = 'application/gzip';
    ctx.set('content-disposition', `attachment; filename="${archiveFileName(name)}"`);
    const { from, to } = chooseRange(ctx, sizeBytes, sha256);
    if (ctx.method !== 'HEAD' && from < to) {
      const content = await deps.readArtifact.open(artifact, untilClosed, { start: from, end: to });
      ctx.body = Readable.from(content, { objectMode: false });
    }
    ctx.length = to - from;
  },
});

function chooseRange(ctx: Context, size: number, sha256: string): { from: number; to: number } {
  const condition = ctx.get('if-range');
  const holds = condition === '' || condition === `"${sha256}"`;
  const range = holds && ctx.method === 'GET' ? readRange(size, ctx.get('range')) : undefined;
  if (range === undefined) return { from: 0, to: size };
  ctx.status = 206;
  ctx.set('content-range', `bytes ${range.from}-${range.to - 1}/${size}`);
  return range;
}

export const artifactRoutes = [listArtifacts, listJobArtifacts, getArtifactSignature, getArtifact];
