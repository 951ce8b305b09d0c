import { afterEach, beforeEach, expect, test } from 'vitest';
import { HttpFixture } from '@danube/test-support/http-fixture.js';

let http: HttpFixture;
let id: string;
let log: Buffer;

beforeEach(async () => {
  http = await HttpFixture.start();
  await http.addPipelines('web');
  const job = await http.addJob();
  id = job.id;
  await http.writeLog(id, ['first', 'second: ü €', 'third', 'fourth '.repeat(500)]);
  await http.move(job, 'cancelled');
  log = Buffer.from(await (await http.fetch(`/api/v1/jobs/${id}/logs`)).arrayBuffer());
});

afterEach(async () => {
  await http.stop();
});

async function ask(query: string, headers: Record<string, string> = {}) {
  const response = await http.fetch(`/api/v1/jobs/${id}/logs${query}`, { headers });
  return { response, status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

test('the whole log is plain text with its size', async () => {
  const { response, bytes } = await ask('');
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('x-log-size')).toBe(String(log.length));
  expect(response.headers.get('accept-ranges')).toBe('bytes');
  expect(bytes.toString()).toMatch(/^\[.{24}\] \[test\] \[stdout\] first\n(.*\n){3}$/);
});

test.each([
  ['?from=10', 10, undefined],
  ['?from=10&to=30', 10, 30],
  ['?to=30', 0, 30],
  ['?from=10&to=999999', 10, undefined],
  ['?from=10&to=10', 10, 10],
])('%s answers these bytes', async (query, from, to) => {
  const { response, status, bytes } = await ask(query);
  expect(status).toBe(200);
  expect(bytes).toEqual(log.subarray(from, to));
  expect(response.headers.get('x-log-from')).toBe(String(from));
  expect(response.headers.get('x-log-to')).toBe(String(to ?? log.length));
});

test.each([
  ['1-1', 0, 1],
  ['2-3', 1, 3],
  ['4-900', 3, 4],
  ['7-9', 4, 4],
])('lines %s are found', async (lines, first, end) => {
  const all = log.toString().split(/(?<=\n)/);
  expect((await ask(`?lines=${lines}`)).bytes.toString()).toBe(all.slice(first, end).join(''));
});

test.each([
  ['bytes=0-9', 0, 10],
  ['bytes=5-', 5, undefined],
  ['bytes=-7', -7, undefined],
  ['bytes=5-999999', 5, undefined],
])('the header Range: %s answers 206', async (range, from, to) => {
  const { response, status, bytes } = await ask('', { range, 'accept-encoding': 'gzip' });
  expect(status).toBe(206);
  expect(bytes).toEqual(log.subarray(from, to));
  const start = from < 0 ? log.length + from : from;
  expect(response.headers.get('content-range')).toBe(`bytes ${start}-${start + bytes.length - 1}/${log.length}`);
  expect(response.headers.get('content-length')).toBe(String(bytes.length));
  expect(response.headers.get('content-encoding')).toBeNull();
});

test.each(['bytes=0-1,3-4', 'lines=1-2', 'bytes=9-3', 'bytes=-'])('the header Range: %s is ignored', async (range) => {
  const { status, bytes } = await ask('', { range });
  expect(status).toBe(200);
  expect(bytes).toEqual(log);
});

test.each([
  ['?from=999999', {}, 416, 'range_not_satisfiable'],
  ['', { range: 'bytes=999999-' }, 416, 'range_not_satisfiable'],
  ['?from=-1', {}, 400, 'request_invalid'],
  ['?from=20&to=10', {}, 400, 'request_invalid'],
  ['?lines=3-2', {}, 400, 'request_invalid'],
  ['?lines=0-2', {}, 400, 'request_invalid'],
  ['?lines=all', {}, 400, 'request_invalid'],
  ['?lines=1-2&from=3', {}, 400, 'request_invalid'],
])('%s %j is refused', async (query, headers, status, code) => {
  const answer = await ask(query, headers);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.bytes.toString())).toMatchObject({ error: { code } });
});

test('HEAD tells the size without the log', async () => {
  const response = await http.fetch(`/api/v1/jobs/${id}/logs`, { method: 'HEAD' });
  expect(response.headers.get('content-length')).toBe(String(log.length));
  expect(await response.text()).toBe('');
});

test('a log that retention has removed is said to be, to those who follow it, too', async () => {
  const job = await http.move(await http.addJob(), 'success');
  await http.database.finishedJobs.markLogsRemoved([job.id], Date.UTC(2026, 0, 6));
  for (const path of ['logs', 'logs/stream']) {
    expect(await http.json(`/api/v1/jobs/${job.id}/${path}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'log_removed', details: { removed_at: '2026-01-06T00:00:00.000Z' } } },
    });
  }
  expect(await http.json(`/api/v1/jobs/${job.id}`)).toMatchObject({
    body: { log_removed_at: '2026-01-06T00:00:00.000Z' },
  });
});

test('a job that waits has an empty log, one that ended without any has none', async () => {
  const waiting = await http.addJob();
  const empty = await http.fetch(`/api/v1/jobs/${waiting.id}/logs`);
  expect([empty.status, empty.headers.get('x-log-size'), await empty.text()]).toEqual([200, '0', '']);
  await http.move(waiting, 'cancelled');
  expect(await http.json(`/api/v1/jobs/${waiting.id}/logs`)).toMatchObject({
    status: 404,
    body: { error: { code: 'log_not_found' } },
  });
  expect(await http.json('/api/v1/jobs/none/logs')).toMatchObject({ body: { error: { code: 'job_not_found' } } });
});
