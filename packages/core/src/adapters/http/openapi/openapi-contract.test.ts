import { readFileSync } from 'node:fs';
import { openApiDocument } from './openapi-document.js';
import { openApiYaml } from './openapi-yaml.js';
import { routeTable } from '../routing/route-table.js';
import { sampleStep } from '@danube/test-support/database-samples.js';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { testEvent } from '@danube/test-support/test-forge.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';

interface Operation {
  responses: Record<string, { content?: Record<string, unknown>; $ref?: string }>;
}

const document = openApiDocument() as { paths: Record<string, Record<string, Operation>> };
const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema(closed(document) as object, 'danube');

/** The same document where no object may have fields that it does not describe: an answer must not have any either. */
function closed(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return copy['type'] === 'object' && 'properties' in copy ? { additionalProperties: false, ...copy } : copy;
}

let http: HttpFixture;
let jobId: string;
let deliveryId: string;
const answered = new Set<string>();

const brokenPlugin = {
  package: '@acme/danube-plugin-x',
  id: 'x',
  version: '1.0.0',
  origin: 'data_directory',
  optional: true,
  status: 'quarantined',
  reason: 'it throws',
  contributes: [{ point: 'forges', type: 'x' }],
} as const;

beforeAll(async () => {
  http = await HttpFixture.start({
    readinessChecks: [
      { name: 'database', optional: false, check: () => Promise.resolve() },
      { name: 'registry', optional: true, check: () => Promise.reject(new Error('down')) },
    ],
    plugins: () => Promise.resolve({ apiVersion: '1.0.0', items: [brokenPlugin] }),
  });
  await http.addPipelines('web');
  const job = await http.addJob({ env: { A: '1' } });
  jobId = job.id;
  const ended = { status: 'failure', exitCode: 1, reason: 'exit code 1', startedAt: 1, finishedAt: 2 } as const;
  await http.database.steps.createOnce(sampleStep(job.id, 1, { ...ended, image: 'node:20', logStart: 0, logEnd: 9 }));
  deliveryId = await http.deliveries.receive(testEvent());
  await http.deliveries.work();
  await http.writeLog(job.id, ['one', 'two']);
  await http.move(job, 'failure', 'because');
  await http.database.commitStatuses.expect(job.id, 'hub');
  await http.database.commitStatuses.recordReported(job.id, 'running', false);
  await http.database.commitStatuses.recordFailure(job.id, 'down', 1);
  const problem = { file: 'a.yaml', line: 1, column: 2, path: '', message: 'no', suggestion: undefined };
  await http.database.configState.recordSync({
    commit: undefined,
    status: 'failed',
    startedAt: 1,
    finishedAt: 2,
    problems: [problem],
  });
});

afterAll(async () => {
  await http.stop();
});

/** Asks the server and holds the answer against what the document says about this status. */
async function conforms(method: string, template: string, path: string, init: { body?: unknown; range?: string } = {}) {
  const response = await http.fetch(path, {
    method,
    headers: {
      ...(init.body !== undefined && { 'content-type': 'application/json' }),
      ...(init.range !== undefined && { range: init.range }),
    },
    ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
  });
  const operation = document.paths[template]?.[method.toLowerCase()];
  const documented = operation?.responses[String(response.status)];
  const pointer = documented
    ? `/paths/${template.replaceAll('/', '~1')}/${method.toLowerCase()}/responses/${response.status}`
    : '/components/responses/Error';
  if (!documented) expect(response.status).toBeGreaterThanOrEqual(400);
  answered.add(`${method} ${template}`);

  const text = await response.text();
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  const types = documented ? Object.keys(documented.content ?? {}) : ['application/json'];
  expect(types).toEqual(type === '' ? [] : [type]);
  if (type !== 'application/json') return response.status;
  const reference = `danube#${encodeURI(pointer).replaceAll('{', '%7B').replaceAll('}', '%7D')}/content/application~1json/schema`;
  const validate = ajv.compile({ $ref: reference });
  expect(validate(JSON.parse(text)), `${method} ${path}: ${ajv.errorsText(validate.errors)}`).toBe(true);
  return response.status;
}

test('docs/reference/openapi.yaml is what the route table says', () => {
  const file = readFileSync(new URL('../../../../../../docs/reference/openapi.yaml', import.meta.url), 'utf8');
  expect(file).toBe(openApiYaml());
  expect(load(file)).toEqual(document);
});

test('operation ids are unique, and every parameter of a path is described', () => {
  expect(new Set(routeTable.map(({ operationId }) => operationId)).size).toBe(routeTable.length);
  for (const { path, params } of routeTable) {
    const inPath = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    expect(Object.keys(params?.properties ?? {})).toEqual(inPath);
  }
});

test('answers have the documented status, type and shape', async () => {
  await http.addArtifact(jobId, 'web', Buffer.from('archive'));
  const attested = await http.addAttestedJob();
  const job = `/api/v1/jobs/${jobId}`;
  const delivery = `/api/v1/deliveries/${deliveryId}`;
  const statuses = [
    await conforms('GET', '/health', '/health'),
    await conforms('GET', '/health/ready', '/health/ready'),
    await conforms('GET', '/metrics', '/metrics'),
    await conforms('GET', '/api/v1/pipelines', '/api/v1/pipelines'),
    await conforms('GET', '/api/v1/pipelines/{id}', '/api/v1/pipelines/web'),
    await conforms('GET', '/api/v1/pipelines/{id}/branches', '/api/v1/pipelines/web/branches'),
    await conforms('POST', '/api/v1/pipelines/{id}/trigger', '/api/v1/pipelines/web/trigger', { body: {} }),
    await conforms('POST', '/api/v1/pipelines/{id}/trigger', '/api/v1/pipelines/web/trigger', { body: {} }),
    await conforms('GET', '/api/v1/jobs', '/api/v1/jobs?limit=1'),
    await conforms('GET', '/api/v1/jobs/{id}', job),
    await conforms('GET', '/api/v1/jobs/{id}/logs', `${job}/logs`),
    await conforms('GET', '/api/v1/jobs/{id}/logs', `${job}/logs`, { range: 'bytes=0-1' }),
    await conforms('GET', '/api/v1/jobs/{id}/logs/stream', `${job}/logs/stream`),
    await conforms('GET', '/api/v1/jobs/{id}/logs/sections', `${job}/logs/sections?limit=1`),
    await conforms('GET', '/api/v1/jobs/{id}/logs/search', `${job}/logs/search?q=one`),
    await conforms('POST', '/api/v1/jobs/{id}/cancel', `${job}/cancel`),
    await conforms('POST', '/api/v1/jobs/{id}/rerun', `${job}/rerun`),
    await conforms('GET', '/api/v1/artifacts', '/api/v1/artifacts'),
    await conforms('GET', '/api/v1/jobs/{id}/artifacts', `${job}/artifacts`),
    await conforms('GET', '/api/v1/jobs/{id}/artifacts/{name}', `${job}/artifacts/web`),
    await conforms('GET', '/api/v1/jobs/{id}/artifacts/{name}', `${job}/artifacts/web`, { range: 'bytes=0-1' }),
    await conforms('GET', '/api/v1/jobs/{id}/artifacts/{name}.sig', `${job}/artifacts/web.sig`),
    await conforms('GET', '/api/v1/jobs/{id}/provenance', `/api/v1/jobs/${attested}/provenance`),
    await conforms('GET', '/api/v1/signing-key', '/api/v1/signing-key'),
    await conforms('POST', '/webhooks/{forge}', '/webhooks/test', { body: {} }),
    await conforms('POST', '/api/v1/webhooks/{forge}', '/api/v1/webhooks/test', { body: {} }),
    await conforms('GET', '/api/v1/deliveries', '/api/v1/deliveries'),
    await conforms('GET', '/api/v1/deliveries/{id}', delivery),
    await conforms('GET', '/api/v1/deliveries/{id}/body', `${delivery}/body`),
    await conforms('POST', '/api/v1/deliveries/{id}/replay', `${delivery}/replay`),
    await conforms('PUT', '/api/v1/secrets/{name}', '/api/v1/secrets/TOKEN', { body: { value: 'x' } }),
    await conforms('PUT', '/api/v1/secrets/{name}', '/api/v1/secrets/TOKEN', { body: { value: 'y' } }),
    await conforms('GET', '/api/v1/secrets', '/api/v1/secrets'),
    await conforms('GET', '/api/v1/secrets/recipient', '/api/v1/secrets/recipient'),
    await conforms('GET', '/api/v1/pipelines/{id}/secrets', '/api/v1/pipelines/web/secrets'),
    await conforms('DELETE', '/api/v1/secrets/{name}', '/api/v1/secrets/TOKEN'),
    await conforms('GET', '/api/v1/audit', '/api/v1/audit'),
    await conforms('GET', '/api/v1/audit/verify', '/api/v1/audit/verify'),
    await conforms('POST', '/api/v1/reaper', '/api/v1/reaper', { body: { dry_run: true } }),
    await conforms('POST', '/api/v1/reaper/check', '/api/v1/reaper/check'),
    await conforms('GET', '/api/v1/config', '/api/v1/config'),
    await conforms('POST', '/api/v1/config/sync', '/api/v1/config/sync'),
    await conforms('GET', '/api/v1/plugins', '/api/v1/plugins'),
    await conforms('POST', '/auth/one-time', '/auth/one-time', {
      body: { token: http.oneTimeTokens.issue({ name: 'admin' }) },
    }),
    await conforms('GET', '/auth/session', '/auth/session'),
    await conforms('POST', '/auth/logout', '/auth/logout'),
  ];
  expect(statuses).toEqual([
    ...[200, 200, 200, 200, 200, 200, 201, 200, 200, 200, 200, 206, 200, 200, 200, 200, 201],
    ...[200, 200, 200, 206, 200, 200, 200],
    ...[200, 200, 200, 200, 200, 201],
    ...[201, 200, 200, 200, 200, 204, 200, 200],
    ...[200, 200, 200, 200, 200, 200, 200, 204],
  ]);
  // it ends with the server only: events.test.ts reads it
  answered.add('GET /api/v1/events');
  expect([...answered].sort()).toEqual(
    routeTable.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).sort(),
  );
});

test('errors have the documented shape', async () => {
  expect([
    await conforms('GET', '/api/v1/jobs', '/api/v1/jobs?limit=0'),
    await conforms('GET', '/api/v1/jobs/{id}', '/api/v1/jobs/none'),
    await conforms('GET', '/api/v1/jobs/{id}/logs', `/api/v1/jobs/${jobId}/logs?from=999999`),
    await conforms('POST', '/auth/one-time', '/auth/one-time', { body: { token: 'no' } }),
  ]).toEqual([400, 404, 416, 401]);
});
