import { inspect } from 'node:util';
import { isDanubeError, type DanubeError } from '@danube/plugin-api';
import { readJson, startLocalHttpServer, type LocalHttpServer } from '@danube/test-support/local-http-server.js';
import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { ForgeApi, type ForgeApiOptions } from './forge-api.js';

const token = 'ghs_verysecrettoken';
const forever = new AbortController().signal;
const servers: LocalHttpServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(listener: RequestListener, options: Partial<ForgeApiOptions> = {}): Promise<ForgeApi> {
  const server = await startLocalHttpServer(listener);
  servers.push(server);
  const headers = () => Promise.resolve({ authorization: `Bearer ${token}` });
  return new ForgeApi({ forge: 'Example', baseUrl: `${server.url}/api/v1/`, headers, ...options });
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function failure(api: ForgeApi, path = '/repos/a/b?token=abc', signal = forever): Promise<DanubeError> {
  const error: unknown = await api.call({ method: 'GET', path }, signal).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isDanubeError(error)) throw new Error(`no DanubeError: ${inspect(error)}`);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token);
  return error;
}

test('a request carries the credential and JSON, and its answer is read as what it is', async () => {
  const seen: unknown[] = [];
  const api = await serve((request, response) => {
    void readJson(request).then((body) => {
      seen.push(request.method, request.url, request.headers.authorization, request.headers['user-agent'], body);
      answer(response, 201, { id: 7 }, { link: '<next>' });
    });
  });
  const { headers, body, object } = await api.call({ method: 'POST', path: '/x?page=2', body: { a: 1 } }, forever);
  expect(seen).toEqual(['POST', '/api/v1/x?page=2', `Bearer ${token}`, 'danube', { a: 1 }]);
  expect([headers.get('link'), body, object().integer('id')]).toEqual(['<next>', { id: 7 }, 7]);
  expect(() => object().text('name')).toThrow(
    expect.objectContaining({
      code: 'forge_answer_invalid',
      message: 'the answer of Example to POST /x cannot be used: name is missing; expected a text',
    }),
  );
});

test('an answer that is a list is read object by object', async () => {
  const api = await serve((request, response) =>
    answer(response, 200, request.url?.endsWith('/x') ? [{ id: 7 }, {}] : {}),
  );
  const { list } = await api.call({ method: 'GET', path: '/x' }, forever);
  expect(list()[0]?.integer('id')).toBe(7);
  expect(() => list()[1]?.integer('id')).toThrow(
    'the answer of Example to GET /x cannot be used: [1].id is missing; expected an integer',
  );
  const other = await api.call({ method: 'GET', path: '/y' }, forever);
  expect(() => other.list()).toThrow('the answer of Example to GET /y cannot be used: the document is not a list');
});

test('an answer without content is none', async () => {
  const api = await serve((_request, response) => response.writeHead(204).end());
  expect((await api.call({ method: 'DELETE', path: '/x' }, forever)).body).toBeUndefined();
});

test.each<[number, Record<string, string>, string, boolean, number | undefined]>([
  [401, {}, 'forge_unauthorized', false, undefined],
  [403, {}, 'forge_forbidden', false, undefined],
  [403, { 'retry-after': '30' }, 'forge_rate_limited', true, 30_000],
  [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, 'forge_rate_limited', true, 1000],
  [403, { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': '1' }, 'forge_forbidden', false, undefined],
  [429, { 'ratelimit-reset': '20' }, 'forge_rate_limited', true, 20_000],
  [429, {}, 'forge_rate_limited', true, 60_000],
  [404, {}, 'forge_not_found', false, undefined],
  [400, {}, 'forge_refused', false, undefined],
  [409, {}, 'forge_refused', false, undefined],
  [422, {}, 'forge_refused', false, undefined],
  [304, {}, 'forge_refused', false, undefined],
  [500, {}, 'forge_unavailable', true, undefined],
  [503, { 'retry-after': '5' }, 'forge_unavailable', true, 5000],
])('%s with %j is %s, retryable: %s, after %s ms', async (status, headers, code, retryable, retryAfterMs) => {
  const api = await serve((_request, response) => answer(response, status, { message: 'as it is' }, headers));
  const error = await failure(api);
  expect(error).toMatchObject({ code, retryable, retryAfterMs, details: { status } });
  if (status !== 304) expect(error.message).toContain(`Example answered ${status} to GET /repos/a/b ("as it is"); `);
  expect(error.message).not.toContain('abc');
});

test('a rate limit that is told in words only is one', async () => {
  const api = await serve((_request, response) =>
    answer(response, 403, { message: 'You have exceeded a secondary rate limit' }),
  );
  expect(await failure(api)).toMatchObject({ code: 'forge_rate_limited', retryAfterMs: 60_000 });
});

test('what is behind a "Validation Failed" of GitHub is told', async () => {
  const errors = [{ resource: 'Status', field: 'context', code: 'too_long' }];
  const api = await serve((_request, response) => answer(response, 422, { message: 'Validation Failed', errors }));
  expect(await failure(api)).toMatchObject({
    code: 'forge_refused',
    message: expect.stringMatching(/"Validation Failed: .*context.*too_long/) as string,
  });
});

test('a list of errors that is empty is not quoted', async () => {
  const api = await serve((_request, response) => answer(response, 422, { message: 'too long', errors: [] }));
  expect((await failure(api)).message).toContain('("too long")');
});

test('a credential that the forge repeats, and what is long, stay out of the message', async () => {
  const api = await serve((request, response) =>
    answer(response, 401, { message: `bad\n${request.headers.authorization}${'x'.repeat(9999)}` }),
  );
  const { message } = await failure(api);
  expect(message).toContain('("bad [redacted]xxx');
  expect(message.length).toBeLessThan(400);
});

test.each<[string, RequestListener, RegExp]>([
  ['a page', (_request, response) => answer(response, 200, '<html>'), /is not JSON; check the base URL/],
  ['too much', (_request, response) => answer(response, 200, '"0123456789"'), /is longer than 10 bytes/],
  ['a circle', (request, response) => answer(response, 302, '', { location: request.url ?? '' }), /more than 3 times/],
])('an answer that is %s cannot be used', async (_what, listener, message) => {
  const error = await failure(await serve(listener, { sizeLimit: 10 }));
  expect(error).toMatchObject({ code: 'forge_answer_invalid', retryable: true });
  expect(error.message).toMatch(message);
});

test('redirects are followed on the same host, with method and body', async () => {
  const api = await serve((request, response) => {
    if (request.url === '/api/v1/old') answer(response, 307, '', { location: '/api/v1/new' });
    else void readJson(request).then((body) => answer(response, 200, { method: request.method, body }));
  });
  const { body } = await api.call({ method: 'PUT', path: '/old', body: { a: 1 } }, forever);
  expect(body).toEqual({ method: 'PUT', body: { a: 1 } });
});

test('another host never gets the credential', async () => {
  let asked = 0;
  const other = await startLocalHttpServer((_request, response) => {
    asked += 1;
    answer(response, 200, {});
  });
  servers.push(other);
  const api = await serve((_request, response) => answer(response, 302, '', { location: `${other.url}/x` }));
  expect(await failure(api)).toMatchObject({ code: 'forge_answer_invalid' });
  expect(asked).toBe(0);
});

test('a forge that cannot be reached, or does not answer in time, may answer later', async () => {
  const gone = new ForgeApi({ forge: 'Example', baseUrl: 'http://127.0.0.1:1' });
  expect(await failure(gone, '/x')).toMatchObject({ code: 'forge_unavailable', retryable: true });
  const silent = await serve(() => undefined, { timeLimitMs: 20 });
  expect((await failure(silent)).message).toContain('did not answer to GET /repos/a/b within its time limit');
  const stuck = await serve((_request, response) => response.writeHead(200).write('{'), { timeLimitMs: 20 });
  expect((await failure(stuck)).message).toContain('within its time limit');
  const cut = await serve((request) => request.socket.destroy());
  expect(await failure(cut)).toMatchObject({ code: 'forge_unavailable', retryable: true });
});

test('an abort ends the request with its reason', async () => {
  const controller = new AbortController();
  const api = await serve(() => controller.abort(new Error('cancelled')));
  await expect(api.call({ method: 'GET', path: '/x' }, controller.signal)).rejects.toThrow('cancelled');
  await expect(api.call({ method: 'GET', path: '/x' }, controller.signal)).rejects.toThrow('cancelled');
});

test.each(['x', '/../../x', '//evil.example/../../..', '/..'])('the path %s does not leave the base', async (path) => {
  const api = await serve((_request, response) => answer(response, 200, {}));
  expect(await failure(api, path)).toMatchObject({ code: 'forge_request_invalid' });
});

test('a credential that no header can carry is not quoted', async () => {
  const headers = () => Promise.resolve({ authorization: `Bearer ${token}\nx` });
  expect(await failure(await serve(() => undefined, { headers }))).toMatchObject({ code: 'forge_request_invalid' });
});

test.each(['ftp://example.com', 'https://user:password@example.com', 'example.com', ''])(
  '%j is no base URL',
  (baseUrl) => {
    expect(() => new ForgeApi({ forge: 'Example', baseUrl })).toThrow(/must be http/);
  },
);
