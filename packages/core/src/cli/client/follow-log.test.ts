import type { ServerResponse } from 'node:http';
import { startLocalHttpServer } from '@danube/test-support/local-http-server.js';
import { expect, onTestFinished, test } from 'vitest';
import { ApiClient } from './api-client.js';
import { followLog } from './follow-log.js';

const jobId = '0193f2a1-0003-7000-8000-000000000003';
const log = ['first\n', 'second é\n', 'third\n'];

function offsetAfter(count: number): number {
  return Buffer.byteLength(log.slice(0, count).join(''));
}

function send(response: ServerResponse, from: number, to: number): void {
  for (let index = from; index < to; index += 1) {
    const data = JSON.stringify({ offset: offsetAfter(index), text: log[index] });
    response.write(`id: ${offsetAfter(index + 1)}\nevent: log\ndata: ${data}\n\n`);
  }
}

test('a broken connection is taken up at the byte where it broke', async () => {
  const lastEventIds: (string | undefined)[] = [];
  const server = await startLocalHttpServer((request, response) => {
    lastEventIds.push(request.headers['last-event-id'] as string | undefined);
    expect(request.url).toBe(`/api/v1/jobs/${jobId}/logs/stream`);
    expect(request.headers.authorization).toBe('Bearer secret');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 1\n\n');
    if (lastEventIds.length === 1) {
      send(response, 0, 2);
      response.end();
      return;
    }
    response.write(': heartbeat\n\n');
    response.write('event: skipped\ndata: {"bytes":4096}\n\n');
    send(response, 2, 3);
    response.end('event: end\ndata: {}\n\n');
  });
  onTestFinished(() => server.close());

  const events = [];
  for await (const event of followLog(new ApiClient(server.url, 'secret'), jobId)) events.push(event);
  expect(events).toEqual([
    { kind: 'text', text: 'first\n' },
    { kind: 'text', text: 'second é\n' },
    { kind: 'reconnecting' },
    { kind: 'skipped', bytes: 4096 },
    { kind: 'text', text: 'third\n' },
  ]);
  expect(lastEventIds).toEqual([undefined, String(offsetAfter(2))]);
});

test('a refusal ends it with the server’s own error', async () => {
  let requests = 0;
  const server = await startLocalHttpServer((_request, response) => {
    requests += 1;
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 'job_not_found', message: 'there is no such job' } }));
  });
  onTestFinished(() => server.close());
  const following = (async () => {
    for await (const event of followLog(new ApiClient(server.url, undefined), jobId)) expect(event).toBeUndefined();
  })();
  await expect(following).rejects.toMatchObject({ code: 'job_not_found', category: 'not_found' });
  expect(requests).toBe(1);
});
