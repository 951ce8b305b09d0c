import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpFixture } from '@danube/test-support/http-fixture.js';

let http: HttpFixture;

beforeAll(async () => {
  http = await HttpFixture.start();
});

afterAll(() => http.stop());

test.each([
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/start.js', 'start.js', 'text/javascript; charset=utf-8'],
  ['/start.css', 'start.css', 'text/css; charset=utf-8'],
])('%s is %s, for everybody, and asked for again after an upgrade', async (path, file, type) => {
  const response = await fetch(http.url + path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('cache-control')).toBe('no-cache');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await response.text()).toBe(readFileSync(new URL(`start-page/${file}`, import.meta.url), 'utf8'));
});

test('the page keeps to what its content security policy allows', async () => {
  const response = await fetch(http.url);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self';");
  const page = await response.text();
  expect(page).not.toMatch(/ on\w+=| style=|<style|<script(?![^>]* src=)/);
  for (const [, address = ''] of page.matchAll(/(?:src|href)="([^"#]+)"/g)) {
    if (address !== 'data:,') expect((await fetch(new URL(address, response.url))).status).toBe(200);
  }
});

test('what pipelines say is never read as markup', async () => {
  const script = await (await fetch(`${http.url}/start.js`)).text();
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
});

test('files beside those of the page stay hidden', async () => {
  for (const path of ['/start-page.ts', '/index.html', '/..%2fstart-page.ts', '/favicon.ico']) {
    const response = await fetch(http.url + path);
    expect(await response.json()).toMatchObject({ error: { code: 'route_not_found' } });
  }
});
