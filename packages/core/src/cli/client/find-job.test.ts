import { startLocalHttpServer, type LocalHttpServer } from '@danube/test-support/local-http-server.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from './api-client.js';
import { creationTimes } from './creation-times.js';
import { findJobId } from './find-job.js';

const ids = [
  '0193f2a1-0003-7000-8000-000000000003',
  '0193f2a1-0002-7000-8000-000000000002',
  '0193f2a0-0001-7000-8000-000000000001',
];
const jobs = ids.map((id, index) => ({
  id,
  pipeline: index === 1 ? 'docs' : 'build',
  number: index === 0 ? 2 : 1,
  // made a moment after the id, as the server does
  createdAt: Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) + 3,
}));

let server: LocalHttpServer;
let client: ApiClient;

beforeAll(async () => {
  // one job a page, so that every search has to turn pages
  server = await startLocalHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const pipeline = url.searchParams.get('pipeline');
    const from = Date.parse(url.searchParams.get('created_from') ?? '1970-01-01T00:00:00Z');
    const before = Date.parse(url.searchParams.get('created_before') ?? '9999-01-01T00:00:00Z');
    const matching = jobs.filter(
      (job) => (pipeline === null || job.pipeline === pipeline) && job.createdAt >= from && job.createdAt < before,
    );
    const at = Number(url.searchParams.get('cursor') ?? 0);
    const next = at + 1 < matching.length ? { next_cursor: String(at + 1) } : {};
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ items: matching.slice(at, at + 1), ...next }));
  });
  client = new ApiClient(server.url, 'token');
});
afterAll(() => server.close());

test.each([
  ['build#1', ids[2]],
  ['build#2', ids[0]],
  ['docs#1', ids[1]],
  ['0193f2a1-0002', ids[1]],
  ['0193F2A0', ids[2]],
  ['0193f2a1-ffff-7000-8000-00000000abcd', '0193f2a1-ffff-7000-8000-00000000abcd'],
])('%s is %s', async (reference, id) => {
  expect(await findJobId(client, reference)).toBe(id);
});

test.each([
  ['0193f2a1', /several job ids begin with "0193f2a1": .*build#2.*docs#1/],
  ['0193f29', /no job whose id begins with "0193f29"/],
  ['build#7', /pipeline "build" has no job #7/],
  ['build#seven', /"build#seven" is no job/],
  ['nonsense', /"nonsense" is no job/],
])('%s is refused', async (reference, message) => {
  await expect(findJobId(client, reference)).rejects.toThrow(message);
});

test('a prefix is looked for only where its jobs can be', () => {
  expect(creationTimes('0193f2a1-0003')).toEqual({
    created_from: '2024-12-23T08:26:37.859Z',
    created_before: '2024-12-23T08:28:37.860Z',
  });
  expect(creationTimes('f')).toEqual({
    created_from: '9999-12-31T23:59:59.999Z',
    created_before: '9999-12-31T23:59:59.999Z',
  });
});
