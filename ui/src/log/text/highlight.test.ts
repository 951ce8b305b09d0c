import { expect, test } from 'vitest';
import { searchPattern, type SearchTerms } from '../search/search-pattern.ts';
import { highlight } from './highlight.ts';
import { lineSpans } from './line-spans.ts';

function marked(text: string, terms: Partial<SearchTerms>): string {
  const pattern = searchPattern({ text: '', regex: false, matchCase: false, ...terms });
  if (pattern === undefined) return 'no pattern';
  return highlight(lineSpans(text).spans, pattern)
    .map((span) => (span.found ? `<${span.text}>` : span.text))
    .join('|');
}

test.each<[string, Partial<SearchTerms>, string]>([
  ['an Error', { text: 'error' }, 'an |<Error>'],
  ['an Error', { text: 'error', matchCase: true }, 'an Error'],
  ['aXbXc', { text: 'x' }, 'a|<X>|b|<X>|c'],
  ['aab', { text: 'a' }, '<a>|<a>|b'],
  ['(a)', { text: '(a)' }, '<(a)>'],
  ['a1 b22', { text: '[ab]\\d+', regex: true }, '<a1>| |<b22>'],
  ['ab', { text: 'x*', regex: true }, 'ab'],
  ['\x1b[31mre\x1b[0md!', { text: 'red' }, '<re>|<d>|!'],
  ['x', { text: '(', regex: true }, 'no pattern'],
])('%j for %j', (text, terms, expected) => {
  expect(marked(text, terms)).toBe(expected);
});
