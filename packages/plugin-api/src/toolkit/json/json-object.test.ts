import { expect, test } from 'vitest';
import { DanubeError } from '../../errors.js';
import { JsonObject } from './json-object.js';

const invalid = (problem: string) => new DanubeError('delivery_invalid', problem, { category: 'invalid' });
const object = (json: string) => JsonObject.of(JSON.parse(json), invalid);
const sha = 'c'.repeat(40);

test('members are read as what they are', () => {
  const read = object(
    `{"o":{"t":"x"},"i":-7,"b":false,"l":[{"t":"a"},{"t":"b"}],"c":"${sha}","r":"refs/heads/main","e":""}`,
  );
  expect(read.object('o').text('t')).toBe('x');
  expect(read.integer('i')).toBe(-7);
  expect(read.boolean('b')).toBe(false);
  expect(read.list('l').map((item) => item.text('t'))).toEqual(['a', 'b']);
  expect(read.commit('c')).toBe(sha);
  expect(read.fullRef('r')).toBe('refs/heads/main');
  expect(read.optionalText('e')).toBe('');
});

test.each(['{}', '{"x":null}'])('in %s nothing is there', (json) => {
  const read = object(json);
  expect(read.optionalObject('x')).toBeUndefined();
  expect(read.optionalText('x')).toBeUndefined();
  expect(read.optionalInteger('x')).toBeUndefined();
  expect(read.optionalBoolean('x')).toBeUndefined();
  expect(read.optionalList('x')).toBeUndefined();
  expect(read.optionalCommit('x')).toBeUndefined();
});

test.each<[string, (read: JsonObject) => unknown, string]>([
  ['{}', (read) => read.object('a'), 'a is missing; expected an object'],
  ['{"a":null}', (read) => read.text('a'), 'a is missing; expected a text'],
  ['{"a":""}', (read) => read.text('a'), 'a is empty; expected a text'],
  ['{"a":{"b":{}}}', (read) => read.object('a').object('b').text('c'), 'a.b.c is missing; expected a text'],
  ['{"a":0}', (read) => read.positiveInteger('a'), 'a is 0; expected a number above 0'],
  ['{"a":[{"b":1},{}]}', (read) => read.list('a')[1]?.integer('b'), 'a[1].b is missing; expected an integer'],
  ['{"a":[1]}', (read) => read.list('a'), 'a[0] is a number; expected an object'],
  ['{"a":{}}', (read) => read.list('a'), 'a is an object; expected a list'],
  ['{"a":[]}', (read) => read.object('a'), 'a is a list; expected an object'],
  ['{"a":1.5}', (read) => read.optionalInteger('a'), 'a is a number; expected an integer'],
  ['{"a":1e300}', (read) => read.integer('a'), 'a is a number; expected an integer'],
  ['{"a":"1"}', (read) => read.integer('a'), 'a is a text; expected an integer'],
  ['{"a":0}', (read) => read.boolean('a'), 'a is a number; expected true or false'],
  ['{"a":true}', (read) => read.optionalText('a'), 'a is true; expected a text'],
  [`{"a":"${'0'.repeat(40)}"}`, (read) => read.commit('a'), 'a is missing; expected a commit'],
  ['{"a":"abc"}', (read) => read.commit('a'), 'a is not a full commit name; expected 40 or 64'],
  ['{"a":"main"}', (read) => read.fullRef('a'), 'a is not a full ref'],
  ['{}', (read) => read.text('constructor'), 'constructor is missing'],
  ['{}', (read) => read.object('__proto__'), '__proto__ is missing'],
])('%s: %s', (json, readIt, message) => {
  expect(() => readIt(object(json))).toThrow(message);
});

test('a member called __proto__ is a member', () => {
  const read = object('{"__proto__":{"text":"own"}}');
  expect(read.object('__proto__').text('text')).toBe('own');
  expect(read.optionalText('text')).toBeUndefined();
});
