import { Type } from 'typebox';
import { defineRoute } from '../routing/route.js';
import { AuditCheckSchema, AuditEntrySchema } from '../schemas/audit.js';
import { limit, page } from '../schemas/field-types.js';
import { auditView } from '../views/audit-view.js';

const listAudit = defineRoute({
  method: 'GET',
  path: '/api/v1/audit',
  operationId: 'listAudit',
  tag: 'secrets',
  summary: 'Who set, removed and asked for which secret, newest first',
  auth: 'required',
  query: Type.Object(
    {
      limit,
      cursor: Type.Optional(
        Type.String({ pattern: '^[0-9]{1,15}$', description: '`next_cursor` of the page before.' }),
      ),
    },
    { additionalProperties: false },
  ),
  responses: { 200: { description: 'One page.', schema: page(AuditEntrySchema) } },
  handle: async ({ ctx, deps, query }) => {
    const { items, nextCursor } = await deps.auditLog.list({
      limit: query.limit ?? 50,
      ...(query.cursor !== undefined && { cursor: Number(query.cursor) }),
    });
    ctx.body = { items: items.map(auditView), next_cursor: nextCursor?.toString() };
  },
});

const verifyAudit = defineRoute({
  method: 'GET',
  path: '/api/v1/audit/verify',
  operationId: 'verifyAudit',
  tag: 'secrets',
  summary: 'Whether the audit log is as it was written',
  description: 'Computes the hash of every entry again.',
  auth: 'required',
  responses: { 200: { description: 'How far it is.', schema: AuditCheckSchema } },
  handle: async ({ ctx, deps }) => {
    ctx.body = await deps.auditLog.verify();
  },
});

export const auditRoutes = [listAudit, verifyAudit];
