import { expect, test } from 'vitest';
import { readJsonBody } from './read-json-body.js';

const read = (body: string | Uint8Array, headers = {}) => readJsonBody({ headers, body: Buffer.from(body as string) });
const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

test.each([
  ['nothing', '', /is empty/],
  ['no JSON', 'ref=main', /not JSON; expected a JSON object/],
  ['half a document', '{"a":', /not JSON/],
  ['a byte order mark', '\ufeff{}', /not JSON/],
  ['a list', '[]', /it is a list; expected a JSON object/],
  ['null', 'null', /it is null/],
  ['a text', '"a"', /it is a text/],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), /not UTF-8/],
  ['101 levels', nested(101), /deeper than 100/],
  ['a million levels', nested(1_000_000), /deeper than 100/],
  ['a million levels that never end', '{"a":'.repeat(1_000_000), /deeper than 100/],
])('a body of %s is refused', (_what, body, message) => {
  expect(() => read(body)).toThrow(expect.objectContaining({ code: 'delivery_invalid', category: 'invalid' }));
  expect(() => read(body)).toThrow(message);
});

test('a form is told from other text', () => {
  expect(() => read('payload=%7B%7D', { 'content-type': 'application/x-www-form-urlencoded' })).toThrow(
    /set the content type of the webhook to application\/json/,
  );
});

test('brackets in texts and side by side are no depth', () => {
  const body = { text: '[{"\\'.repeat(200), list: Array.from({ length: 300 }, () => [{}]) };
  expect(read(JSON.stringify(body)).text('text')).toBe(body.text);
  expect(read(nested(100)).optionalText('b')).toBeUndefined();
});
