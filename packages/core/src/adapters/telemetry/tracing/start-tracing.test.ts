import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { RequestContextStorage } from '../request-context-storage.js';
import { quietDiagnostics } from './quiet-diagnostics.js';
import { startTracing, tracingEndpoint, type Tracing } from './start-tracing.js';

const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.clearAllMocks();
  for (const close of closers.splice(0)) await close();
});

async function tracing(endpoint: string | undefined, requestContext = new RequestContextStorage()): Promise<Tracing> {
  const started = await startTracing({ endpoint, version: '1.2.3', log, requestContext });
  closers.push(() => started.shutdown());
  return started;
}

async function collector() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      bodies.push(`${request.url} ${body}`);
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.close().closeAllConnections();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

test('without an endpoint there are no spans, but the caller’s trace context is passed on', async () => {
  const requestContext = new RequestContextStorage();
  const { tracer } = await tracing(undefined, requestContext);
  expect(tracer.traceparent()).toBeUndefined();
  await requestContext.run({ requestId: 'r', traceparent: parent }, async () => {
    expect(await tracer.span('work', {}, () => Promise.resolve(tracer.traceparent()))).toBe(parent);
  });
});

test('spans reach the collector, nested, with the trace of the caller', async () => {
  const { url, bodies } = await collector();
  const { tracer, shutdown } = await tracing(`${url}/`);
  const seen: (string | undefined)[] = [];
  await tracer.span(
    'outer',
    { 'job.id': 'j1' },
    async () => {
      seen.push(tracer.traceparent());
      await tracer.span('inner', {}, () => Promise.resolve(seen.push(tracer.traceparent())));
    },
    parent,
  );
  await expect(tracer.span('bad', {}, () => Promise.reject(new RangeError('secret text')))).rejects.toThrow('secret');
  await shutdown();
  expect(seen[0]).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/);
  const text = bodies.join('\n');
  expect(text).toMatch(/^\/v1\/traces /);
  for (const part of ['"outer"', '"inner"', '"bad"', '"job.id"', '"RangeError"', '"danube"', '"1.2.3"']) {
    expect(text).toContain(part);
  }
  expect(text).toContain(`"parentSpanId":"${seen[0]?.split('-')[2]}"`);
  expect(text).not.toContain('secret text');
});

test('a collector that is away costs one warning, and the end does not hang', async () => {
  const { tracer, shutdown } = await tracing('http://127.0.0.1:9');
  await tracer.span('work', {}, () => Promise.resolve());
  await shutdown();
  expect(log.warn.mock.calls.length).toBeLessThanOrEqual(1);
  expect(log.error).not.toHaveBeenCalled();
});

test('diagnostics are reported once a minute with the number of those kept back', () => {
  let now = 0;
  const diagnostics = quietDiagnostics(log, () => now);
  for (const time of [0, 1, 59_999, 60_000]) {
    now = time;
    diagnostics.error('refused');
  }
  diagnostics.info('chatter');
  expect(log.warn.mock.calls.map(([, fields]) => (fields as { not_shown: number }).not_shown)).toEqual([0, 2]);
});

test.each([
  [{}, undefined, undefined],
  [{}, 'http://configured', 'http://configured'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://env' }, 'http://configured', 'http://env'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, undefined, undefined],
])('the environment wins over the configuration: %j, %s', (env, configured, expected) => {
  expect(tracingEndpoint(env, configured)).toBe(expected);
});
