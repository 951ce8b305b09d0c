import { createHash, verify } from 'node:crypto';
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

const base64 = (bytes: Uint8Array = Buffer.alloc(0)) => Buffer.from(bytes).toString('base64');

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
  const view = {
    id: docs.id,
    job_id: id,
    name: 'docs',
    size_bytes: content.length,
    sha256,
    signature: base64(docs.signature),
  };
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

test('artifacts are found by their content', async () => {
  const other = await http.addJob();
  await http.addArtifact(other.id, 'other', Buffer.from('other'));
  const find = async (digest: string) =>
    (await (await http.fetch(`/api/v1/artifacts?sha256=${digest}`)).json()) as object;
  expect(await find(sha256)).toMatchObject({ items: [{ job_id: id, name: 'web' }] });
  expect(await find('0'.repeat(64))).toEqual({ items: [] });
  expect((await http.fetch('/api/v1/artifacts?sha256=abc')).status).toBe(400);
});

test('the signature of an artifact is 64 bytes that fit the key of the server and the digest', async () => {
  const response = await http.fetch(`${path}.sig`);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="web.tar.gz.sig"');
  const signature = Buffer.from(await response.arrayBuffer());
  expect(signature).toHaveLength(64);
  const key = await (await http.fetch('/api/v1/signing-key')).text();
  expect(verify(null, Buffer.from(sha256, 'hex'), key, signature)).toBe(true);
  expect((await fetch(`${http.url}${path}.sig`)).status).toBe(401);
});

test('an artifact from before there were signatures has none, and the answer says so', async () => {
  const { place } = await http.addArtifact(id, 'docs', content);
  await http.database.artifacts.create({
    id: 'old',
    jobId: id,
    name: 'old',
    sizeBytes: content.length,
    sha256,
    signature: undefined,
    createdAt: 1,
    place,
  });
  const { status, body } = await http.json(`/api/v1/jobs/${id}/artifacts/old.sig`);
  expect([status, body]).toEqual([
    404,
    { error: expect.objectContaining({ code: 'artifact_signature_missing' }) as object },
  ]);
  const { items } = (await http.json(`/api/v1/jobs/${id}/artifacts`)).body as { items: object[] };
  expect(items[1]).not.toHaveProperty('signature');
});

test('what is not there is 404', async () => {
  for (const missing of [`/api/v1/jobs/${id}/artifacts/none`, `/api/v1/jobs/${id.replace(/.$/, 'x')}/artifacts`]) {
    expect((await http.fetch(missing)).status).toBe(404);
  }
  expect((await http.fetch(`/api/v1/jobs/${id}/artifacts/..%2f..%2fdanube.db`)).status).toBe(404);
});

test('an archive that cannot be had from its storage is an error with its reason, and no answer that breaks off', async () => {
  const place = { storage: 'gone', key: 'k' };
  const artifact = { id: 'gone', jobId: id, name: 'gone', sizeBytes: 9, sha256, signature: undefined, createdAt: 1 };
  await http.database.artifacts.create({ ...artifact, place });
  await http.database.artifacts.create({ ...artifact, id: 'lost', name: 'lost', place: { storage: '', key: 'lost' } });
  for (const [name, status, code] of [
    ['gone', 409, 'artifact_storage_missing'],
    ['lost', 404, 'object_not_found'],
  ] as const) {
    const answer = await http.fetch(`/api/v1/jobs/${id}/artifacts/${name}`);
    expect([answer.status, answer.headers.get('etag')]).toEqual([status, null]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toMatchObject({ error: { code } });
  }
});
