import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let http: HttpFixture;

beforeEach(async () => {
  http = await HttpFixture.start();
  await http.addPipelines('web');
});
afterEach(() => http.stop());

async function put(path: string): Promise<void> {
  const init = { method: 'PUT', body: '{"value":"nobody may see"}', headers: { 'content-type': 'application/json' } };
  expect((await http.fetch(`/api/v1/secrets/${path}`, init)).ok).toBe(true);
}

test('what people do with secrets is listed, without values, and can be checked', async () => {
  await put('A');
  await put('A');
  await put('B?pipeline=web');
  await http.fetch('/api/v1/secrets/A', { method: 'DELETE' });
  expect((await http.fetch('/api/v1/secrets/A', { method: 'DELETE' })).status).toBe(404);
  const first = (await http.json('/api/v1/audit?limit=3')).body as { items: object[]; next_cursor: string };
  expect(first.items).toEqual([
    expect.objectContaining({ sequence: 4, action: 'secret.remove', outcome: 'removed', secret: 'A' }),
    expect.objectContaining({ sequence: 3, action: 'secret.set', outcome: 'stored', secret: 'B', pipeline: 'web' }),
    expect.objectContaining({ sequence: 2, action: 'secret.set', outcome: 'replaced', secret: 'A' }),
  ]);
  expect(JSON.stringify(first)).not.toContain('nobody may see');
  const second = await http.json(`/api/v1/audit?limit=3&cursor=${first.next_cursor}`);
  expect(second.body).toMatchObject({ items: [{ sequence: 1 }] });
  expect((await http.json('/api/v1/audit/verify')).body).toEqual({ intact: 4 });
});
