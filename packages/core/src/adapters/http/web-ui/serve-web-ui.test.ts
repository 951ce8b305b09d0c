import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWebUi } from './web-ui-files.js';

const page = '<!doctype html><title>Danube</title>';
const script = 'export const answer = 42;';
const folder = mkdtempSync(join(tmpdir(), 'danube-web-ui-'));
let http: HttpFixture;

beforeAll(async () => {
  mkdirSync(join(folder, 'ui', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'not of the web interface');
  writeFileSync(join(folder, 'ui', 'index.html'), page);
  writeFileSync(join(folder, 'ui', 'index.html.br'), brotliCompressSync(page));
  writeFileSync(join(folder, 'ui', 'assets', 'index-abc.js'), script);
  writeFileSync(join(folder, 'ui', 'assets', 'index-abc.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, 'ui', 'assets', 'index-abc.js.gz'), gzipSync(script));
  writeFileSync(join(folder, 'ui', 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  http = await HttpFixture.start({ webUi: await readWebUi(join(folder, 'ui')) });
});

afterAll(async () => {
  await http.stop();
  rmSync(folder, { recursive: true });
});

/** As a browser asks, without the headers that fetch adds. */
const ask = (path: string, headers: Record<string, string>) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(http.url + path, { headers }, (answer) => resolve(answer.resume())).on('error', reject);
  });

const open = (path: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  fetch(http.url + path, { headers });

test.each(['/', '/pipelines', '/pipelines/web', '/jobs/0198?tab=log', '/no/such/page'])(
  '%s is the page, asked for again after an upgrade, for everybody',
  async (path) => {
    const response = await open(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(page);
    const etag = response.headers.get('etag') ?? '';
    expect(await ask(path, { accept: 'text/html', 'if-none-match': etag })).toMatchObject({ statusCode: 304 });
  },
);

test('the policy allows scripts and styles of this server and nothing that stands in the page', async () => {
  const policy = (await open('/')).headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none';");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|https:|\*/);
});

test.each([
  ['/assets/index-abc.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/icon.svg', 'image/svg+xml', 'no-cache'],
])('%s has its type, and is kept as long as its name says', async (path, type, caching) => {
  const response = await open(path, { accept: '*/*' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('cache-control')).toBe(caching);
});

test.each([
  ['br, gzip', 'br'],
  ['gzip, deflate', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['identity', undefined],
])('to a browser that accepts %s it goes as %s', async (accepted, encoding) => {
  const { headers } = await ask('/assets/index-abc.js', { 'accept-encoding': accepted });
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['vary']).toContain('Accept-Encoding');
  expect(await (await open('/assets/index-abc.js', { 'accept-encoding': accepted })).text()).toBe(script);
});

test.each([
  '/api/v1/nothing',
  '/auth/nothing',
  '/health/nothing',
  '/assets/missing.js',
  '/assets/index-abc.js.br',
  '/assets/..%2f..%2fsecret.txt',
])('%s is no page, even for a browser', async (path) => {
  const response = await open(path);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: 'route_not_found' } });
});

test('what is no browser gets errors at addresses of pages', async () => {
  expect((await open('/jobs', { accept: 'application/json' })).status).toBe(404);
  expect((await fetch(`${http.url}/jobs`, { method: 'POST', headers: { accept: 'text/html' } })).status).toBe(404);
  expect((await open('/..%2fsecret.txt', { accept: '*/*' })).status).toBe(404);
});
