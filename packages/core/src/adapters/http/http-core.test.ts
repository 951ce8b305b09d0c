import { once } from 'node:events';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { get, type IncomingMessage } from 'node:http';
import { DanubeError, type ErrorCategory } from '@danube/plugin-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { RequestContextStorage } from '../telemetry/request-context-storage.js';
import type { HttpDependencies } from './http-dependencies.js';
import { httpStatusByCategory } from '../../services/errors/http-status.js';
import { routeTable } from './routing/route-table.js';

let http: HttpFixture;
let problem: Error | undefined;

beforeEach(async () => {
  problem = undefined;
  http = await HttpFixture.start({
    configStatus: () =>
      problem === undefined
        ? Promise.resolve({ repository: undefined, current: undefined, syncs: [] })
        : Promise.reject(problem),
  });
});

afterEach(async () => {
  await http.stop();
});

interface Failure {
  error: { code: string; message: string; details: Record<string, unknown>; request_id: string };
}

async function failure(response: Promise<Response>): Promise<Failure['error'] & { status: number }> {
  const answer = await response;
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  return { ...((await answer.json()) as Failure).error, status: answer.status };
}

test('without a token every route is closed but health, metrics, login and webhooks', async () => {
  const open: string[] = [];
  for (const { method, path } of routeTable) {
    const response = await fetch(http.url + path.replaceAll(/:\w+/g, 'x'), { method });
    const body = (await response.text()).slice(0, 60);
    if (response.status !== 401) open.push(path);
    else expect(body).toContain('not_authenticated');
  }
  expect(open).toEqual([
    '/health',
    '/health/ready',
    '/metrics',
    '/auth/one-time',
    '/api/v1/webhooks/:forge',
    '/webhooks/:forge',
  ]);
});

test.each(['Bearer wrong', 'Bearer', 'Basic YWRtaW46eA==', 'Bearer the-admin-token-of-this-test x'])(
  '%j is not let in and learns how to be',
  async (authorization) => {
    const response = await http.fetch('/api/v1/jobs', { headers: { authorization } });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ error: { code: 'not_authenticated' } });
  },
);

test('/metrics can be closed', async () => {
  const closed = await HttpFixture.start({ settings: { ...http.deps.settings, metricsPublic: false } });
  expect((await fetch(`${closed.url}/metrics`)).status).toBe(401);
  expect((await closed.fetch('/metrics')).status).toBe(200);
  await closed.stop();
  const answer = await fetch(`${http.url}/metrics`);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await answer.text()).toBe('danube_up 1\n');
});

test('a request id is made, or taken over where it is harmless, and stands in header, error and log', async () => {
  const made = await http.fetch('/api/v1/jobs/none');
  const id = made.headers.get('x-request-id');
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(((await made.json()) as Failure).error.request_id).toBe(id);
  const given = await http.fetch('/health', { headers: { 'x-request-id': 'abc-1.2_3' } });
  expect(given.headers.get('x-request-id')).toBe('abc-1.2_3');
  const harmful = await http.fetch('/health', { headers: { 'x-request-id': 'a b"<script>' } });
  expect(harmful.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

const categories = Object.keys(httpStatusByCategory) as ErrorCategory[];

test.each(categories)('an error of category %s gets its status, code, message and details', async (category) => {
  problem = new DanubeError('some_code', 'do this', { category, details: { a: 1 }, retryAfterMs: 1500 });
  const response = await http.fetch('/api/v1/config');
  expect(response.headers.get('retry-after')).toBe('2');
  expect(await failure(Promise.resolve(response))).toMatchObject({
    status: httpStatusByCategory[category],
    code: 'some_code',
    message: 'do this',
    details: { a: 1 },
  });
});

test('an unexpected error gives nothing away but the log has it under the same request id', async () => {
  problem = new TypeError('secret detail');
  const error = await failure(http.fetch('/api/v1/config'));
  expect(error).toMatchObject({ status: 500, code: 'internal_error', details: {} });
  expect(JSON.stringify(error)).not.toMatch(/secret detail|at .*\.ts/);
  expect(http.loggers.entries.find(({ level }) => level === 'error')?.fields['err']).toBe(problem);
});

test('unknown paths, wrong methods and wrong media types are refused in JSON', async () => {
  expect(await failure(http.fetch('/api/v1/nothing'))).toMatchObject({ status: 404, code: 'route_not_found' });
  const wrongMethod = await http.fetch('/api/v1/jobs', { method: 'DELETE' });
  expect(wrongMethod.headers.get('allow')).toBe('HEAD, GET');
  expect(await failure(Promise.resolve(wrongMethod))).toMatchObject({ status: 405, code: 'method_not_allowed' });
  const form = { method: 'POST', body: new URLSearchParams({ a: 'b' }) };
  expect(await failure(http.fetch('/api/v1/pipelines/web/trigger', form))).toMatchObject({
    status: 415,
    code: 'media_type_unsupported',
  });
});

test('a body that is not JSON is refused without repeating it', async () => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"token": hunter2}' };
  const error = await failure(http.fetch('/auth/one-time', init));
  expect(error).toMatchObject({ status: 400, code: 'body_not_json' });
  expect(error.message).not.toContain('hunter2');
  expect(await failure(http.fetch('/auth/one-time', { ...init, body: '' }))).toMatchObject({ code: 'body_not_json' });
  expect(await failure(http.fetch('/auth/one-time', { ...init, body: '[1]' }))).toMatchObject({ status: 400 });
});

test('a body that says it is too large is refused before it is read, one that does not while it is read', async () => {
  const path = '/api/v1/pipelines/web/trigger';
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer the-admin-token-of-this-test\r\n`;
  for (const length of ['content-length: 1073741824', 'transfer-encoding: chunked']) {
    const socket = connect(Number(new URL(http.url).port), '127.0.0.1');
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    socket.write(`${head}content-type: application/json\r\n${length}\r\n\r\n`);
    const answered = once(socket, 'data');
    let sent = 0;
    const send = (): void => {
      while (!socket.destroyed && socket.writable && sent < 256) {
        sent += 1;
        if (length.includes('chunked')) socket.write(`${chunk.length.toString(16)}\r\n`);
        const room = socket.write(chunk);
        if (length.includes('chunked')) socket.write('\r\n');
        if (!room) return;
      }
    };
    socket.on('drain', send).on('error', () => undefined);
    send();
    const [answer] = (await answered) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer.toString()).toContain('"code":"body_too_large"');
    expect(answer.toString()).toContain('1048576 bytes');
    socket.destroy();
  }
});

test('a client that sends its whole body before it reads still gets the refusal, not a reset', async () => {
  const socket = connect({ port: Number(new URL(http.url).port), host: '127.0.0.1', allowHalfOpen: true });
  const length = 16 * 1024 * 1024;
  const head = 'POST /auth/one-time HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  socket.pause().write(`${head}content-length: ${length}\r\n\r\n`);
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.write(Buffer.alloc(length, 0x20), () => resolve());
  });
  const [answer] = (await once(socket.resume(), 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();
});

test('a body of exactly the limit is read', async () => {
  const body = `{"env":{}}${' '.repeat(1024 * 1024 - 10)}`;
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
  await http.addPipelines('web');
  expect((await http.fetch('/api/v1/pipelines/web/trigger', { ...init, body })).status).toBe(201);
  expect((await http.fetch('/api/v1/pipelines/web/trigger', { ...init, body: `${body} ` })).status).toBe(413);
});

test('pages of configured origins may call, others get no permission', async () => {
  const allowed = await http.fetch('/api/v1/nothing', { headers: { origin: 'https://ui.example.org' } });
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://ui.example.org');
  expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
  const preflight = await fetch(`${http.url}/api/v1/jobs`, {
    method: 'OPTIONS',
    headers: { origin: 'https://ui.example.org', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,HEAD,POST,PUT,DELETE');
  const other = await http.fetch('/health', { headers: { origin: 'https://evil.example.org' } });
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
});

test('answers carry security headers and insist on https only where the public address has it', async () => {
  const plain = await http.fetch('/health');
  expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
  expect(plain.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
  expect(plain.headers.get('strict-transport-security')).toBeNull();
  const secure = await HttpFixture.start({ settings: { ...http.deps.settings, publicUrlIsHttps: true } });
  expect((await secure.fetch('/health')).headers.get('strict-transport-security')).toMatch(/max-age=/);
  await secure.stop();
});

test('large answers are compressed for those who accept it', async () => {
  await http.addPipelines(...Array.from({ length: 20 }, (_, index) => `pipeline-${index}`));
  const headers = { authorization: 'Bearer the-admin-token-of-this-test', 'accept-encoding': 'gzip' };
  const [answer] = (await once(get(`${http.url}/api/v1/pipelines`, { headers }), 'response')) as [IncomingMessage];
  expect(answer.headers['content-encoding']).toBe('gzip');
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  expect((JSON.parse(gunzipSync(Buffer.concat(parts)).toString()) as { items: [] }).items).toHaveLength(20);
});

test('requests are counted by route and logged without their query', async () => {
  await http.fetch('/api/v1/jobs/some-id?token=hunter2').then((response) => response.text());
  await http.fetch('/api/v1/elsewhere').then((response) => response.text());
  await http.server.stop(1000);
  const labels = { method: 'GET', route: '/api/v1/jobs/:id' };
  expect(http.metrics.get('danube_http_requests_total', { ...labels, status: '404' })).toBe(1);
  expect(http.metrics.get('danube_http_request_duration_seconds_count', labels)).toBe(1);
  expect(http.metrics.get('danube_http_requests_total', { method: 'other', route: 'unmatched', status: '404' })).toBe(
    1,
  );
  const logged = http.loggers.entries.find(({ fields }) => fields['path'] === '/api/v1/jobs/some-id');
  expect(logged).toMatchObject({ level: 'info', target: 'danube.http', fields: { method: 'GET', status: 404 } });
  expect(JSON.stringify(http.loggers.entries)).not.toContain('hunter2');
});

test('the line about a request is written in its context, also when the request is over', async () => {
  const requestContext = new RequestContextStorage();
  const ids: (string | undefined)[] = [];
  const record = (): void => void ids.push(requestContext.current()?.requestId);
  const log = { debug: record, info: record, warn: record, error: record };
  const other = await HttpFixture.start({ requestContext, loggers: { forTarget: () => log } });
  await other.fetch('/api/v1/jobs', { headers: { 'x-request-id': 'abc' } }).then((response) => response.text());
  await other.stop();
  expect(ids).toEqual(['abc']);
});

test('the trace of the caller is the parent of the request’s span, if it has the right form', async () => {
  const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const spans: unknown[] = [];
  const tracer: HttpDependencies['tracer'] = {
    span: (name, _attributes, work, from) => {
      spans.push([name, from]);
      return work();
    },
    traceparent: () => undefined,
  };
  const other = await HttpFixture.start({ tracer });
  for (const traceparent of [parent, 'nonsense', parent.replace('b7ad6b7169203331', '0'.repeat(16))]) {
    await other.fetch('/api/v1/jobs', { headers: { traceparent } });
  }
  await other.stop();
  expect(spans).toEqual([parent, undefined, undefined].map((from) => ['GET /api/v1/jobs', from]));
});
