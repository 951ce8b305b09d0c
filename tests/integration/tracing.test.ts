import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { TestDanube } from '@danube/test-support/danube.js';

interface Span {
  readonly name: string;
  readonly traceId: string;
}
interface Export {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

afterEach(() => vi.unstubAllEnvs());

test('a job is one trace: the span of the job, and the calls that its coordinator makes from Python', async () => {
  const spans: Span[] = [];
  const collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(body) as Export;
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
  const danube = await TestDanube.start('from danube import step\nstep.run("true", name="one")\n');
  const { id } = await danube.trigger();
  expect((await danube.until(id)).status).toBe('success');
  await danube.log(id);
  await danube.stop();
  collector.close();

  const job = spans.filter(({ name }) => name === 'job');
  const calls = spans.filter(({ name }) => name === 'coordinator run-step');
  expect(job).toHaveLength(1);
  expect(calls).toHaveLength(1);
  expect(calls[0]?.traceId).toBe(job[0]?.traceId);
});
