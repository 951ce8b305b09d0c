import { expect, test } from 'vitest';
import { readBody } from './read-body.js';

const form = 'application/x-www-form-urlencoded';

function read(body: string | Uint8Array, contentType: string = form) {
  return readBody({ headers: { 'content-type': contentType }, body: Buffer.from(body) });
}

test.each([
  ['a form', form, 'payload=%7B%22zen%22%3A%22a+b%22%7D'],
  ['a form with its charset', `${form}; charset=utf-8`, 'other=1&payload=%7B%22zen%22%3A%22a%20b%22%7D'],
  ['JSON', 'application/json', '{"zen":"a b"}'],
  ['JSON with its charset', 'application/json; charset=utf-8', '{"zen":"a b"}'],
])('%s is read', (_name, contentType, body) => {
  expect(read(body, contentType).text('zen')).toBe('a b');
});

test.each([
  ['without a payload', 'zen=1', /^the form has no field payload$/],
  ['empty', '', /^the form has no field payload$/],
  ['with two payloads', 'payload=%7B%7D&payload=%7B%7D', /more than once/],
  ['that is JSON', '{"payload":"{}"}', /no field payload/],
  ['with a broken escape', 'payload=%7B%2', /not encoded as UTF-8/],
  ['with bytes that are no UTF-8', 'payload=%7B%22a%22%3A%22%ff%22%7D', /not encoded as UTF-8/],
  ['whose payload is empty', 'payload=', /^the body is empty/],
  ['whose payload is a list', 'payload=%5B%5D', /expected a JSON object/],
  ['nested deeply', `payload=${'%5B'.repeat(1000)}`, /nested deeper/],
])('a form %s is refused', (_name, body, message) => {
  expect(() => read(body)).toThrow(
    expect.objectContaining({ code: 'delivery_invalid', message: expect.stringMatching(message) as string }),
  );
});
