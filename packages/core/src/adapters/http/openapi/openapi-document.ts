import type { TObject, TSchema } from 'typebox';
import type { Route, RouteResponse } from '../routing/route.js';
import { routeTable } from '../routing/route-table.js';
import { ErrorSchema } from '../schemas/common.js';
import { namedSchemas, withReferences } from './components.js';

const description =
  'The REST API of Danube. Everything but health, metrics (as configured), login and webhooks needs the admin token as a bearer ' +
  'token, or the session cookie of a browser. Every error has the same JSON form, and every answer carries ' +
  '`X-Request-Id`: the one that was sent, or a new one.';

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The token in keys/admin.token of the data directory.' },
  session: { type: 'apiKey', in: 'cookie', name: 'danube_session' },
};

const authenticated = [{ bearer: [] }, { session: [] }];

/** The OpenAPI 3.1 document of the server, made from its route table. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routeTable) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Danube', version: '1.0.0', description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(namedSchemas).map(([name, schema]) => [name, withReferences(schema, name)]),
      ),
      responses: { Error: response({ description: 'What went wrong.', schema: ErrorSchema }) },
      securitySchemes,
    },
  };
}

function operation(route: Route): Record<string, unknown> {
  const parameters = [
    ...parametersOf('path', route.params),
    ...parametersOf('query', route.query),
    ...parametersOf('header', route.headers),
  ];
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    security: route.auth === 'none' ? [] : route.auth === 'required' ? authenticated : [...authenticated, {}],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: { required: route.body.required, content: content('application/json', route.body.schema) },
    }),
    ...(route.rawBody && { requestBody: { required: false, content: { '*/*': {} } } }),
    responses: {
      ...Object.fromEntries(Object.entries(route.responses).map(([status, answer]) => [status, response(answer)])),
      default: { $ref: '#/components/responses/Error' },
    },
  };
}

function parametersOf(where: 'path' | 'query' | 'header', schema: TObject | undefined): Record<string, unknown>[] {
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => {
    const { description, ...plain } = property as { description?: string };
    return {
      name,
      in: where,
      required: schema?.required?.includes(name) ?? false,
      ...(description && { description }),
      schema: withReferences(plain),
    };
  });
}

function response({ description, type, schema }: RouteResponse): Record<string, unknown> {
  if (type === undefined && schema === undefined) return { description };
  return { description, content: content(type ?? 'application/json', schema ?? { type: 'string' }) };
}

function content(type: string, schema: TSchema): Record<string, unknown> {
  return { [type]: { schema: withReferences(schema) } };
}
