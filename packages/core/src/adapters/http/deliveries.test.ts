import { afterEach, beforeEach, expect, test } from 'vitest';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { signedHeaders, testEvent } from '@danube/test-support/test-forge.js';

interface Item {
  readonly id: string;
  readonly status: string;
  readonly verdict_counts: Record<string, number>;
}

let http: HttpFixture;
beforeEach(async () => {
  http = await HttpFixture.start();
  await http.addPipelines('web');
  await http.deliveries.addPipeline('hello');
});
afterEach(() => http.stop());

const elsewhere = testEvent({ repository: { fullName: 'a/b', cloneUrls: ['https://git.example.org/a/b'] } });
const list = async (query = '') => (await http.json(`/api/v1/deliveries${query}`)).body as { items: Item[] };
const idsOf = async (query: string) => (await list(query)).items.map(({ id }) => id);

test('deliveries are listed newest first, filtered, in pages, with their verdicts counted', async () => {
  const triggered = await http.deliveries.receive(testEvent());
  const unmatched = await http.deliveries.receive(elsewhere);
  const unsigned = await http.deliveries.receive(testEvent({ n: 1 }), {});
  await http.deliveries.work();
  expect(await idsOf('')).toEqual([unsigned, unmatched, triggered]);
  expect(await idsOf('?matched=false')).toEqual([unmatched]);
  expect(await idsOf('?event=unverified')).toEqual([unsigned]);
  expect(await idsOf('?pipeline=hello&event=push')).toEqual([triggered]);
  expect(await idsOf('?forge=test&status=processed&limit=2')).toEqual([unsigned, unmatched]);
  expect(await idsOf(`?limit=2&cursor=${unmatched}`)).toEqual([triggered]);
  expect(await idsOf('?forge=other')).toEqual([]);
  expect((await list()).items.map((item) => item.verdict_counts)).toEqual([
    { triggered: 0, duplicate: 0, skipped: 0, rejected: 1 },
    { triggered: 0, duplicate: 0, skipped: 0, rejected: 0 },
    { triggered: 1, duplicate: 0, skipped: 0, rejected: 0 },
  ]);
});

test('one delivery shows its verdicts and headers, but no secret', async () => {
  const body = testEvent();
  const id = await http.deliveries.receive(body, {
    ...signedHeaders(body, 'hook-secret'),
    'x-test-token': 'tok-12345',
  });
  await http.deliveries.work();
  const response = await http.fetch(`/api/v1/deliveries/${id}`);
  const text = await response.text();
  expect(text).not.toContain('tok-12345');
  expect(JSON.parse(text)).toMatchObject({
    id,
    forge: 'test',
    source: 'webhook',
    status: 'processed',
    event: 'push',
    repository: 'octo/hello',
    ref: 'refs/heads/main',
    matched: true,
    verified: true,
    headers: { 'x-test-token': '[redacted]', 'content-type': 'application/json' },
    verdicts: [{ pipeline_id: 'hello', outcome: 'triggered', reason: 'branch "main" matches ["main"]' }],
  });
});

test('the body comes as it was, as something that a browser only saves', async () => {
  const body = Buffer.from('<script>alert(1)</script>\u0000é');
  const id = await http.deliveries.receive(body, { 'content-type': 'text/html' });
  const response = await http.fetch(`/api/v1/deliveries/${id}/body`);
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
});

test('a replay answers the new delivery', async () => {
  const id = await http.deliveries.receive(testEvent());
  const path = `/api/v1/deliveries/${id}/replay`;
  expect(await http.json(path, {})).toMatchObject({
    status: 409,
    body: { error: { code: 'delivery_not_replayable' } },
  });
  await http.deliveries.work();
  const { status, body } = await http.json(path, {});
  expect({ status, body }).toMatchObject({ status: 201, body: { replay_of: id } });
  expect((await http.deliveries.delivery((body as Item).id)).source).toBe('replay');
});

test.each([
  ['GET', ''],
  ['GET', '/none'],
  ['GET', '/none/body'],
  ['POST', '/none/replay'],
])('%s /api/v1/deliveries%s asks who is there, then whether there is such a delivery', async (method, path) => {
  const url = `/api/v1/deliveries${path}`;
  expect((await fetch(http.url + url, { method })).status).toBe(401);
  if (path !== '') expect((await http.fetch(url, { method })).status).toBe(404);
});

test.each(['?status=odd', '?event=odd', '?matched=maybe', '?cursor=x', '?unknown=1', '?limit=0'])(
  'a list with %s is refused',
  async (query) => {
    expect(await http.json(`/api/v1/deliveries${query}`)).toMatchObject({ status: 400 });
  },
);
