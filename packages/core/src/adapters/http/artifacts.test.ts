import { createHash } from 'node:crypto';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let http: HttpFixture;
let id: string;
let path: string;
const content = Buffer.from('archive '.repeat(100_000));
const sha256 = createHash('sha256').update(content).digest('hex');
const etag = `"${sha256}"`;

beforeEach(async () => {
  http = await HttpFixture.start();
  await http.addPipelines('web');
  ({ id } = await http.addJob());
  path = `/api/v1/jobs/${id}/artifacts/web`;
  await http.addArtifact(id, 'web', content);
});
afterEach(() => http.stop());

async function ask(headers: Record<string, string> = {}, method = 'GET') {
  const response = await http.fetch(path, { headers: { 'accept-encoding': 'gzip', ...headers }, method });
  return { response, status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

test('an artifact is answered as it is, never compressed again, with its digest and a file name', async () => {
  const { response, bytes } = await ask();
  expect(bytes.equals(content)).toBe(true);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/gzip',
    'content-length': String(content.length),
    'content-disposition': 'attachment; filename="web.tar.gz"',
    'accept-ranges': 'bytes',
    etag,
  });
  expect(response.headers.get('content-encoding')).toBeNull();
});

test('HEAD answers the same without the archive', async () => {
  const { response, status, bytes } = await ask({}, 'HEAD');
  expect([status, bytes.length, response.headers.get('content-length'), response.headers.get('etag')]).toEqual([
    200,
    0,
    String(content.length),
    etag,
  ]);
});

test.each([
  ['bytes=0-9', 0, 10],
  ['bytes=799990-', 799_990, 800_000],
  ['bytes=-5', 799_995, 800_000],
  ['bytes=100-9999999', 100, 800_000],
])('%s is answered in part', async (range, from, to) => {
  const { response, status, bytes } = await ask({ range });
  expect(status).toBe(206);
  expect(bytes.equals(content.subarray(from, to))).toBe(true);
  expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/800000`);
});

test('a range behind the end is 416, one of another content and several are ignored', async () => {
  expect((await ask({ range: 'bytes=800000-' })).status).toBe(416);
  expect((await ask({ range: 'bytes=0-1,5-6' })).status).toBe(200);
  expect((await ask({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
  expect((await ask({ range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
});

test('who has it already is told so', async () => {
  // fetch would ask for a fresh copy
  const cached = { 'cache-control': 'max-age=0' };
  expect((await ask({ ...cached, 'if-none-match': etag })).status).toBe(304);
  expect((await ask({ ...cached, 'if-none-match': '"other"' })).status).toBe(200);
});

test('artifacts are listed for a job, for all jobs and with the job, to callers with a token', async () => {
  const docs = await http.addArtifact(id, 'docs', content);
  const view = { id: docs.id, job_id: id, name: 'docs', size_bytes: content.length, sha256 };
  const { items } = (await (await http.fetch(`/api/v1/jobs/${id}/artifacts`)).json()) as { items: { name: string }[] };
  expect(items.map(({ name }) => name)).toEqual(['docs', 'web']);
  expect(items[0]).toEqual({ ...view, created_at: '1970-01-01T00:00:01.000Z' });
  const page = (await (await http.fetch('/api/v1/artifacts?limit=1')).json()) as Record<string, unknown>;
  expect(page).toMatchObject({ items: [{ name: 'docs' }], next_cursor: docs.id });
  const rest = (await (await http.fetch(`/api/v1/artifacts?cursor=${docs.id}`)).json()) as Record<string, unknown>;
  expect(rest).toMatchObject({ items: [{ name: 'web' }] });
  const job = (await (await http.fetch(`/api/v1/jobs/${id}`)).json()) as { artifacts: { name: string }[] };
  expect(job.artifacts.map(({ name }) => name)).toEqual(['docs', 'web']);
  for (const closed of [path, `/api/v1/jobs/${id}/artifacts`, '/api/v1/artifacts']) {
    expect((await fetch(http.url + closed)).status).toBe(401);
  }
});

test('what is not there is 404', async () => {
  for (const missing of [`/api/v1/jobs/${id}/artifacts/none`, `/api/v1/jobs/${id.replace(/.$/, 'x')}/artifacts`]) {
    expect((await http.fetch(missing)).status).toBe(404);
  }
  expect((await http.fetch(`/api/v1/jobs/${id}/artifacts/..%2f..%2fdanube.db`)).status).toBe(404);
});
