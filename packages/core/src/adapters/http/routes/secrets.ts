import { Type } from 'typebox';
import type { SecretScope } from '../../../domain/secret/secret-record.js';
import { toScope, type SecretOwner } from '../../../domain/secret/secret-scope.js';
import { requestInvalid } from '../errors/http-errors.js';
import { defineRoute } from '../routing/route.js';
import {
  secretName,
  secretScope,
  SecretListSchema,
  SecretRecipientSchema,
  SecretSchema,
  SecretValueSchema,
} from '../schemas/secret.js';
import { secretView } from '../views/secret-view.js';

const scopeRule = 'Without `team` and `pipeline`, the one of the whole instance.';

const listSecrets = defineRoute({
  method: 'GET',
  path: '/api/v1/secrets',
  operationId: 'listSecrets',
  tag: 'secrets',
  summary: 'Names of all secrets, of every scope',
  description: 'Never their values. By name, all at once.',
  auth: 'required',
  responses: { 200: { description: 'The names.', schema: SecretListSchema } },
  handle: async ({ ctx, deps }) => {
    ctx.body = { items: (await deps.secrets.list()).map(secretView) };
  },
});

const listPipelineSecrets = defineRoute({
  method: 'GET',
  path: '/api/v1/pipelines/:id/secrets',
  operationId: 'listPipelineSecrets',
  tag: 'secrets',
  summary: 'Names of the secrets that a pipeline sees, and where each comes from',
  description: 'Of several with one name only the nearest: its own, else its team’s, else the one of the instance.',
  auth: 'required',
  params: Type.Object({ id: Type.String({ maxLength: 100, description: 'Name of the pipeline.' }) }),
  responses: { 200: { description: 'The names.', schema: SecretListSchema } },
  handle: async ({ ctx, deps, params: { id } }) => {
    ctx.body = { items: (await deps.secrets.listForPipeline(id)).map(secretView) };
  },
});

const getRecipient = defineRoute({
  method: 'GET',
  path: '/api/v1/secrets/recipient',
  operationId: 'getSecretRecipient',
  tag: 'secrets',
  summary: 'The public key that secrets in the config repository are sealed for',
  description: 'It opens nothing. `danube secret seal` uses it, and so can any age tool.',
  auth: 'required',
  responses: { 200: { description: 'The recipient.', schema: SecretRecipientSchema } },
  handle: ({ ctx, deps }) => {
    ctx.body = { recipient: deps.secretRecipient };
  },
});

const setSecret = defineRoute({
  method: 'PUT',
  path: '/api/v1/secrets/:name',
  operationId: 'setSecret',
  tag: 'secrets',
  summary: 'Store a secret, or replace its value',
  description: scopeRule,
  auth: 'required',
  params: secretName,
  query: secretScope,
  body: { required: true, schema: SecretValueSchema },
  responses: {
    200: { description: 'Its value was replaced.', schema: SecretSchema },
    201: { description: 'It is new.', schema: SecretSchema },
  },
  handle: async ({ ctx, deps, params: { name }, query, body: { value }, identity }) => {
    const { key, replaced } = await deps.secrets.set(name, value, readScope(query), identity?.name ?? '');
    ctx.status = replaced ? 200 : 201;
    ctx.body = secretView(key);
  },
});

const removeSecret = defineRoute({
  method: 'DELETE',
  path: '/api/v1/secrets/:name',
  operationId: 'removeSecret',
  tag: 'secrets',
  summary: 'Remove a secret',
  description: scopeRule,
  auth: 'required',
  params: secretName,
  query: secretScope,
  responses: { 204: { description: 'It is gone.' } },
  handle: async ({ ctx, deps, params: { name }, query, identity }) => {
    await deps.secrets.remove(name, readScope(query), identity?.name ?? '');
    ctx.status = 204;
  },
});

function readScope({ team, pipeline }: SecretOwner): SecretScope {
  if (team !== undefined && pipeline !== undefined) {
    throw requestInvalid([{ in: 'query', field: 'team', message: 'and query pipeline exclude each other: send one' }]);
  }
  return toScope({ team, pipeline });
}

export const secretRoutes = [listSecrets, listPipelineSecrets, getRecipient, setSecret, removeSecret];
