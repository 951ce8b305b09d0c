import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { signedHeaders, testEvent } from '@danube/test-support/test-forge.js';
import { ByteBudget } from './byte-budget.js';
import { webhookHeaders } from './webhook-headers.js';

let http: HttpFixture;
beforeEach(async () => {
  http = await HttpFixture.start();
});
afterEach(() => http.stop());

const body = testEvent();

/** As a forge does: without a token. */
const post = (path: string, init: RequestInit = {}) => fetch(http.url + path, { method: 'POST', body, ...init });
const stored = async (response: Response) => {
  const { id } = (await response.json()) as { id: string };
  return { delivery: await http.deliveries.delivery(id), payload: await http.database.deliveries.findPayload(id) };
};
const count = async () => (await http.database.deliveries.list({}, { limit: 100 })).items.length;

test.each(['/webhooks/test', '/api/v1/webhooks/test'])('%s stores a delivery without a login', async (path) => {
  const response = await post(path, { headers: signedHeaders(body, 'hook-secret', 'guid') });
  expect(response.status).toBe(200);
  const again = await post(path, { headers: signedHeaders(body, 'hook-secret', 'guid') });
  const { delivery, payload } = await stored(response);
  expect(await again.json()).toEqual({ id: delivery.id, duplicate: true });
  expect(payload?.body).toEqual(body);
  expect(payload?.headers).toMatchObject(signedHeaders(body, 'hook-secret', 'guid'));
});

test.each([
  ['form', 'application/x-www-form-urlencoded', Buffer.from('payload=%7B%7D')],
  ['nothing', '', Buffer.alloc(0)],
  ['no UTF-8', 'application/json', Buffer.from([0xff, 0, 0xfe])],
  ['no JSON', 'application/json', Buffer.from('{')],
])('a body of %s is kept as it came', async (_name, type, bytes) => {
  const response = await post('/webhooks/test', { body: bytes, headers: type === '' ? {} : { 'content-type': type } });
  expect(response.status).toBe(200);
  expect(Buffer.from((await stored(response)).payload?.body ?? [1])).toEqual(bytes);
});

test('a forge that is not enabled is told so before its body is read', async () => {
  const response = await post('/webhooks/github', { body: Buffer.alloc(26 * 1024 * 1024) });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { code: 'forge_not_enabled', message: expect.stringContaining('enabled: "test"') as string },
  });
  expect(await count()).toBe(0);
});

test.each([
  ['announced', Buffer.alloc(30 * 1024 * 1024)],
  ['sent in pieces', new Blob([Buffer.alloc(30 * 1024 * 1024)]).stream()],
])('a body above the limit is refused with the limit, %s', async (_name, large) => {
  const response = await post('/webhooks/test', { body: large, duplex: 'half' });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({
    error: { code: 'body_too_large', message: expect.stringContaining('26214400') as string },
  });
  expect(await count()).toBe(0);
});

test('a body at the limit is taken', async () => {
  expect((await post('/webhooks/test', { body: Buffer.alloc(25 * 1024 * 1024) })).status).toBe(200);
});

test('what the database refuses is 503, and says when to send it again', async () => {
  await http.database.database.execute(
    `CREATE TRIGGER full BEFORE INSERT ON deliveries BEGIN SELECT RAISE(ABORT, 'full'); END`,
  );
  const response = await post('/webhooks/test');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
});

test.each([
  ['goes away', (socket: Socket) => void socket.destroy()],
  ['ends its request', (socket: Socket) => void socket.end()],
])('a client that %s in the middle of its body leaves nothing, and is no error of the server', async (_name, stop) => {
  const socket = connect(Number(new URL(http.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('POST /webhooks/test HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":');
  await new Promise((resolve) => socket.once('ready', resolve));
  stop(socket);
  const isOver = () => http.loggers.entries.some(({ message, fields }) => message === 'request' && fields['aborted']);
  await vi.waitUntil(isOver, { timeout: 30_000 });
  expect((await post('/webhooks/test')).status).toBe(200);
  expect(await count()).toBe(1);
  expect(http.loggers.messages('error')).toEqual([]);
});

test('headers keep every value that was sent, under names in lower case', () => {
  const raw = [
    'X-Signature',
    'a',
    'Host',
    'h',
    'x-signature',
    'b',
    'Content-Type',
    '1',
    'content-type',
    '2',
    '__proto__',
    'p',
  ];
  expect(Object.entries(webhookHeaders(raw))).toEqual([
    ['x-signature', 'a, b'],
    ['host', 'h'],
    ['content-type', '1, 2'],
    ['__proto__', 'p'],
  ]);
});

test('a budget gives no more than it has', () => {
  const budget = new ByteBudget(10);
  expect([budget.take(6), budget.take(5), budget.take(4)]).toEqual([true, false, true]);
  budget.giveBack(6);
  expect(budget.take(6)).toBe(true);
});
