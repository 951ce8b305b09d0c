import { expect, test } from 'vitest';
import { grantedSecrets } from './granted-secrets.js';
import { secretName } from './secret-name.js';

const secret = secretName('A secret.');
const plain = { type: 'string' };
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

test.each([
  ['a key', object({ a: secret, b: plain }), { a: 's1', b: 's2' }, ['s1']],
  ['a key within', object({ a: object({ b: secret, c: plain }) }), { a: { b: 's1', c: 's2' } }, ['s1']],
  ['a list', object({ a: { type: 'array', items: secret } }), { a: ['s1', 's2'] }, ['s1', 's2']],
  [
    'a list of mappings',
    object({ a: { type: 'array', items: object({ b: secret, c: plain }) } }),
    { a: [{ b: 's1', c: 's2' }] },
    ['s1'],
  ],
  ['leading items', object({ a: { prefixItems: [plain, secret], items: false } }), { a: ['s1', 's2'] }, ['s2']],
  ['any key', object({ a: plain }, { additionalProperties: secret }), { a: 's1', b: 's2' }, ['s2']],
  ['keys by pattern', object({}, { patternProperties: { '^x_': secret } }), { x_a: 's1', b: 's2' }, ['s1']],
  ['alternatives', object({ a: { oneOf: [{ type: 'integer' }, secret] } }), { a: 's1' }, ['s1']],
  ['a condition', object({ a: plain }, { then: object({ a: secret }) }), { a: 's1' }, ['s1']],
  [
    'a reference',
    object({ a: { $ref: '#/$defs/one' }, b: { $ref: 'https://example.com/x' } }, { $defs: { one: secret } }),
    { a: 's1', b: 's2' },
    ['s1'],
  ],
  ['a reference to itself', { $ref: '#' }, { a: 's1' }, []],
  ['keys of every object', object({ constructor: plain }), { toString: 's1', constructor: 's2' }, []],
  ['what is no text', object({ a: secret }), { a: 7 }, []],
])('secrets are granted where the schema has them in %s', (_, schema, config, granted) => {
  expect([...grantedSecrets(schema, config)]).toEqual(granted);
});
