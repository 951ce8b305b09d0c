import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SecretMatcher } from './secret-matcher.js';
import { valueForms } from './value-forms.js';

const mask = (values: readonly string[], text: string) => new SecretMatcher(values).maskText(text);

test.each([
  ['as it is', 'S3cret/value+', 'a S3cret/value+ b', 'a *** b'],
  ['twice, and in another', 'abcd', 'abcdabcd xabcdx', '*** x***x'],
  ['URL-encoded', 'pä ss&w/rd', 'u=p%C3%A4%20ss%26w%2Frd&x', 'u=***&x'],
  ['URL-encoded in small letters', 'pä ss&w/rd', 'u=p%c3%a4%20ss%26w%2frd', 'u=***'],
  ['as a form', 'pä ss&w/rd', 'u=p%C3%A4+ss%26w%2Frd', 'u=***'],
  ['as Python quotes it', "it's/here", 'it%27s/here', '***'],
  ['in JSON', 'a"b\\c\nd', '{"v":"a\\"b\\\\c\\nd"}', '{"v":"***"}'],
  ['in JSON of ASCII', 'grüße', '"gr\\u00fc\\u00dfe"', '"***"'],
  ['in JSON with escaped slashes', 'https://x/y', '"https:\\/\\/x\\/y"', '"***"'],
  ['with other line ends', 'first\nsecond', 'x first\r\nsecond y', 'x *** y'],
  ['a long line of it alone', '-----BEGIN-----\nMC4CAQAwBQYDK2Vw\n-----END-----\n', '> MC4CAQAwBQYDK2Vw', '> ***'],
  ['without the white space around it', ' secret \n', 'a secret\n', 'a ***\n'],
  [
    'in line breaks of base64',
    'x'.repeat(100),
    `${Buffer.from('x'.repeat(100)).toString('base64').slice(0, 76)}\n`,
    /^eHh4[^]*\n$/,
  ],
])('a value is found %s', (_, value, text, expected) => {
  if (typeof expected === 'string') expect(mask([value], text)).toBe(expected);
  else expect(mask([value], text)).toMatch(expected);
});

test.each([0, 1, 2])('a value is found in base64 behind %i bytes of something else', (before) => {
  for (const alphabet of ['base64', 'base64url'] as const) {
    for (const after of ['', ':tail']) {
      const encoded = Buffer.from(`${'u:'.slice(0, before)}pa?s>w~rd${after}`).toString(alphabet);
      const masked = mask(['pa?s>w~rd'], `Basic ${encoded}.`);
      expect(masked).toMatch(/^Basic .{0,3}\*\*\*/);
      // what is left tells at most some bits of the first or last byte
      expect(masked.length).toBeLessThan('Basic .'.length + 3 + 4 + (after === '' ? 2 : 9));
    }
  }
});

test('base64 in lines is found as a whole', () => {
  const value = 'correct horse battery staple '.repeat(8).trim();
  const encoded = Buffer.from(value).toString('base64');
  for (const length of [64, 76]) {
    const lines = encoded.match(new RegExp(`.{1,${length}}`, 'g'))?.join('\n') ?? '';
    expect(mask([value], `key:\n${lines}\nend`)).toBe('key:\n***\nend');
  }
});

test('a value of less than four characters is not masked', () => {
  expect(valueForms('abc')).toEqual([]);
  expect(valueForms(' abc \n')).toEqual([]);
  expect(mask(['abc', ''], 'abc abcd')).toBe('abc abcd');
  expect(mask(['abcd'], 'abc abcd')).toBe('abc ***');
});

test('of values within each other everything is masked', () => {
  expect(mask(['abcdef', 'cdefgh', 'efgh12'], '<abcdefgh12>')).toBe('<***>');
  expect(mask(['abcd', 'abcdefgh'], 'abcdefgh abcdefx')).toBe('*** ***efx');
});

test('what the search finds is what searching for each form finds', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 9 });
  fc.assert(
    fc.property(
      fc.array(letters, { minLength: 1, maxLength: 6 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n'), maxLength: 120 }),
      (values, text) => {
        const covered = new Array<boolean>(text.length).fill(false);
        for (const form of new Set(values.flatMap(valueForms))) {
          for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1))
            covered.fill(true, at, at + form.length);
        }
        const expected = [...text]
          .map((letter, index) => (!covered[index] ? letter : covered[index - 1] ? '' : '***'))
          .join('');
        expect(mask(values, text)).toBe(expected);
      },
    ),
    { numRuns: 2000 },
  );
});
