import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { adminToken, HttpFixture } from '@danube/test-support/http-fixture.js';
import { readEvents, type ReceivedEvent } from '@danube/test-support/sse-reader.js';
import type { Job } from '../../domain/job/job.js';
import type { JobLogWriter } from '../../services/ports/log-store.js';

const source = { sequence: 1, name: 'test' };

let http: HttpFixture;
let job: Job;
let path: string;
let written: number;

beforeEach(async () => {
  written = 0;
  http = await HttpFixture.start();
  await http.addPipelines('web');
  job = await http.addJob();
  path = `/api/v1/jobs/${job.id}/logs/stream`;
});

afterEach(async () => {
  await http.stop();
});

function openLog(): Promise<JobLogWriter> {
  return http.logs.store.openWriter(job.id, () => Promise.resolve(Buffer.alloc(0)));
}

async function append(writer: JobLogWriter, text: string | Buffer): Promise<void> {
  const bytes = Buffer.from(text);
  await writer.append(source, 'stdout', written, bytes);
  written += bytes.length;
}

async function events(headers: Record<string, string> = {}, query = ''): Promise<AsyncGenerator<ReceivedEvent>> {
  const response = await http.fetch(path + query, { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
  expect(response.headers.get('content-encoding')).toBeNull();
  return readEvents(response);
}

async function collect(stream: AsyncIterable<ReceivedEvent>): Promise<ReceivedEvent[]> {
  const received: ReceivedEvent[] = [];
  for await (const event of stream) received.push(event);
  return received;
}

/** Reads on until an event of that name, and answers it. */
async function next(stream: AsyncGenerator<ReceivedEvent>, name: string): Promise<ReceivedEvent> {
  for (;;) {
    const result = await stream.next();
    if (result.done === true) throw new Error(`the stream ended without ${name}`);
    if (result.value.event === name) return result.value;
  }
}

function logText(received: readonly ReceivedEvent[]): string {
  return received.map(({ event, data }) => (event === 'log' ? (data as { text: string }).text : '')).join('');
}

function names(received: readonly ReceivedEvent[]): string[] {
  return received.map(({ event }) => event).filter((event) => event !== 'log');
}

test('a finished log comes whole, then its end', async () => {
  await http.writeLog(job.id, ['one', 'two']);
  await http.move(job, 'failure', 'step "test" failed with exit code 1');
  const received = await collect(await events());
  expect(names(received)).toEqual(['retry', 'status', 'end']);
  expect(received.at(-1)?.data).toEqual({ status: 'failure', reason: 'step "test" failed with exit code 1' });
  const stored = await (await http.fetch(`/api/v1/jobs/${job.id}/logs`)).text();
  expect(logText(received)).toBe(stored);
  expect(received.findLast(({ event }) => event === 'log')?.id).toBe(String(Buffer.byteLength(stored)));
});

test('lines and states come as they happen', async () => {
  const stream = await events();
  expect((await next(stream, 'status')).data).toMatchObject({ status: 'pending' });
  const writer = await openLog();
  await http.move(job, 'scheduling');
  expect((await next(stream, 'status')).data).toMatchObject({ status: 'scheduling' });
  await append(writer, 'hello\n');
  expect((await next(stream, 'log')).data).toMatchObject({
    offset: 0,
    text: expect.stringMatching(/hello\n$/) as string,
  });
  await http.move(job, 'running');
  await http.move(job, 'success');
  await writer.close();
  expect(names(await collect(stream))).toEqual(['status', 'status', 'end']);
});

test('every id is a place to resume at, by Last-Event-ID before ?from', async () => {
  await http.writeLog(
    job.id,
    Array.from({ length: 5000 }, (_, line) => `line ${line} ü€😀`),
  );
  await http.move(job, 'cancelled');
  const received = await collect(await events());
  const logs = received.filter(({ event }) => event === 'log');
  expect(logs.length).toBeGreaterThan(3);
  for (const { id, data } of logs) {
    const { offset, line, text } = data as { offset: number; line: number; text: string };
    expect(Number(id)).toBe(offset + Buffer.byteLength(text));
    expect(text).toContain(`line ${line - 1} `);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64 * 1024);
  }
  const middle = logs[1]?.id ?? '';
  const rest = logText(logs.slice(2));
  expect(logText(await collect(await events({ 'last-event-id': middle }, '?from=3')))).toBe(rest);
  expect(logText(await collect(await events({}, `?from=${middle}`)))).toBe(rest);
  expect(names(await collect(await events({ 'last-event-id': logs.at(-1)?.id ?? '' })))).toEqual([
    'retry',
    'status',
    'end',
  ]);
});

test('bytes that are no UTF-8 do not shift the offsets', async () => {
  const writer = await openLog();
  await append(writer, Buffer.from([0xff, 0xfe, 0xe2, 0x82, 0x0a]));
  await append(writer, 'after\n');
  await writer.close();
  await http.move(job, 'cancelled');
  const received = await collect(await events());
  const size = await http.logs.store.size(job.id);
  expect(received.findLast(({ event }) => event === 'log')?.id).toBe(String(size));
  expect(logText(received)).toContain('\ufffd');
  expect(logText(received)).toMatch(/after\n$/);
});

test.each([
  [{ 'last-event-id': 'abc' }, '', 400],
  [{ 'last-event-id': '17' }, '', 416],
  [{}, '?from=17', 416],
  [{}, '?from=-1', 400],
  [{}, '?form=1', 400],
])('%j %s is refused before the stream begins', async (headers, query, status) => {
  const response = await http.fetch(path + query, { headers: headers as Record<string, string> });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
});

test('HEAD answers at once', async () => {
  const response = await http.fetch(path, { method: 'HEAD' });
  expect([response.status, await response.text()]).toEqual([200, '']);
});

test('a job that ends without ever having a log ends its viewers', async () => {
  const stream = await events();
  await next(stream, 'status');
  await http.move(job, 'cancelled', 'cancelled by admin');
  expect((await collect(stream)).map(({ event }) => event)).toEqual(['status', 'end']);
});

test('a quiet stream is kept open by comments', async () => {
  const quick = await HttpFixture.start({ settings: { ...http.deps.settings, heartbeatMs: 5 } });
  await quick.addPipelines('web');
  const { id } = await quick.addJob();
  const stream = readEvents(await quick.fetch(`/api/v1/jobs/${id}/logs/stream`));
  expect((await next(stream, 'comment')).data).toBe('heartbeat');
  expect((await next(stream, 'comment')).data).toBe('heartbeat');
  await stream.return(undefined);
  await quick.stop();
});

test('a stopping server says how the job stands and closes without an end', async () => {
  await http.move(job, 'scheduling');
  const stream = await events();
  await next(stream, 'status');
  await http.server.stop(5000);
  const received = await collect(stream);
  expect(received).toEqual([{ event: 'status', id: undefined, data: { status: 'scheduling' } }]);
});

test('a stream that is asked for while the server stops ends in the same way', async () => {
  const { store } = http.logs;
  const size = (id: string) => {
    void stopping.server.stop(60_000);
    return store.size(id);
  };
  const stopping: HttpFixture = await HttpFixture.start({
    logs: { ...http.deps.logs, size, follow: store.follow.bind(store) },
  });
  await stopping.addPipelines('web');
  const { id } = await stopping.addJob();
  const received = await collect(readEvents(await stopping.fetch(`/api/v1/jobs/${id}/logs/stream`)));
  expect(received.at(-1)).toEqual({ event: 'status', id: undefined, data: { status: 'pending' } });
  await stopping.stop();
});

test('viewers that leave are forgotten', async () => {
  const viewers = () => http.logs.metrics.get('danube_log_viewers');
  const streams = await Promise.all(Array.from({ length: 5 }, () => events()));
  for (const stream of streams) await next(stream, 'status');
  expect(viewers()).toBe(5);
  for (const stream of streams) await stream.return(undefined);
  await expect.poll(viewers).toBe(0);
});

test('a viewer that does not read is moved ahead and told so, while others get every line', async () => {
  const writer = await openLog();
  const slow = get(http.url + path, { headers: { authorization: `Bearer ${adminToken}` } });
  const [answer] = (await once(slow, 'response')) as [IncomingMessage];
  answer.pause();
  const quick = events().then(collect);
  const line = `${'x'.repeat(1000)}\n`.repeat(1000);
  for (let megabyte = 0; megabyte < 40; megabyte += 1) {
    await append(writer, line);
    await new Promise(setImmediate);
  }
  await http.move(job, 'cancelled');
  const late = collect(readEvents(new Response(answer)));
  await expect.poll(() => http.logs.metrics.get('danube_log_skipped_bytes_total')).toBeGreaterThan(0);
  await writer.close();
  const size = (await http.logs.store.size(job.id)) ?? 0;

  const missed = (await late).reduce((sum, { event, data }) => {
    return sum + (event === 'skipped' ? (data as { bytes: number }).bytes : 0);
  }, 0);
  expect(missed).toBeGreaterThan(0);
  expect(Buffer.byteLength(logText(await late)) + missed).toBe(size);
  expect((await late).at(-1)).toMatchObject({ event: 'end' });
  expect(names(await quick)).not.toContain('skipped');
});
