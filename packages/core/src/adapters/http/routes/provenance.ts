import { Type } from 'typebox';
import { provenanceFormats } from '../../../domain/provenance/provenance-format.js';
import { defineRoute } from '../routing/route.js';
import { oneOf } from '../schemas/field-types.js';
import { EnvelopeSchema } from '../schemas/provenance.js';
import { jobId } from './jobs.js';

const getProvenance = defineRoute({
  method: 'GET',
  path: '/api/v1/jobs/:id/provenance',
  operationId: 'getProvenance',
  tag: 'artifacts',
  summary: 'How the artifacts of a job came about, signed',
  description:
    'There is one once a job with artifacts has succeeded, and it never changes. `provenance_pending` (503) says that it is ' +
    'being written.',
  auth: 'required',
  params: jobId,
  query: Type.Object(
    { format: Type.Optional(oneOf(provenanceFormats, 'Default: `slsa-v1`.')) },
    { additionalProperties: false },
  ),
  responses: { 200: { description: 'An envelope with an in-toto statement.', schema: EnvelopeSchema } },
  handle: async ({ ctx, deps, params: { id }, query: { format } }) => {
    const { slsaV1, slsaV02 } = await deps.readProvenance.execute(id);
    ctx.body = format === 'slsa-v0.2' ? slsaV02 : slsaV1;
  },
});

const getSigningKey = defineRoute({
  method: 'GET',
  path: '/api/v1/signing-key',
  operationId: 'getSigningKey',
  tag: 'artifacts',
  summary: 'The public key that signatures of this server are checked with, as PEM',
  auth: 'required',
  responses: { 200: { description: 'The key.', type: 'application/x-pem-file' } },
  handle: ({ ctx, deps }) => {
    ctx.type = 'application/x-pem-file';
    ctx.set('content-disposition', 'attachment; filename="signing.key.pub"');
    ctx.body = deps.signer.publicKeyPem;
  },
});

export const provenanceRoutes = [getProvenance, getSigningKey];
