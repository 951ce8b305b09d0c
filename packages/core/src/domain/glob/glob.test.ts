import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expandedLength, globProblem, parseGlobList } from './glob-list.js';

const matches = (patterns: readonly string[], text: string) => parseGlobList(patterns)(text);

test.each([
  ['main', 'main', true],
  ['main', 'Main', false],
  ['main', 'main2', false],
  ['*', 'main', true],
  ['*', 'fix/login', false],
  ['*', '.github', true],
  ['**', 'main', true],
  ['**', 'fix/login/again', true],
  ['release/*', 'release/1.2', true],
  ['release/*', 'release', false],
  ['release/*', 'release/1/2', false],
  ['release/**', 'release/1/2', true],
  ['release/**', 'releases/1', false],
  ['v*.*', 'v1.2', true],
  ['v*.*', 'v1', false],
  ['v?', 'v1', true],
  ['v?', 'v10', false],
  ['v[0-9]', 'v7', true],
  ['v[!0-9]', 'v7', false],
  ['v[^0-9]', 'vx', true],
  ['v[a-]', 'v-', true],
  ['{main,develop}', 'develop', true],
  ['{main,release/{1,2}.*}', 'release/2.x', true],
  ['{main,release/{1,2}.*}', 'release/3.x', false],
  ['a{,b}', 'a', true],
  ['**/*.md', 'README.md', true],
  ['**/*.md', 'docs/a/b.md', true],
  ['docs/**/*.md', 'docs/b.md', true],
  ['docs/**', 'docs/.hidden/x', true],
  ['a/**/b/**/c', 'a/x/b/y/b/z/c', true],
  ['a/**/b/**/c', 'a/x/y/c', false],
  ['*a*b*', 'xxaxxbxx', true],
  ['*a*b', 'ab-ab-a', false],
  ['app/\\[id\\]/*.tsx', 'app/[id]/page.tsx', true],
  ['a\\*', 'a*', true],
  ['a\\*', 'ab', false],
  ['?', '😀', true],
  ['ünï*', 'ünïcode', true],
  ['a**b', 'axb', true],
  ['a**b', 'a/b', false],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(globProblem(pattern)).toBeUndefined();
  expect(matches([pattern], text)).toBe(expected);
});

test.each([
  [['**', '!dependabot/**'], 'dependabot/npm', false],
  [['**', '!dependabot/**'], 'main', true],
  [['!main'], 'main', false],
  [['!main'], 'other', true],
  [['**', '!release/*', 'release/2'], 'release/2', true],
  [['**', '!release/*', 'release/2'], 'release/1', false],
  [[], 'main', false],
])('of the list %j the last pattern that fits decides about %s', (patterns, text, expected) => {
  expect(matches(patterns, text)).toBe(expected);
});

test.each([
  ['', 'it is empty'],
  ['!', 'it is empty'],
  ['x'.repeat(251), 'longer than 250'],
  ['a\nb', 'control character'],
  ['/docs', 'begins or ends with "/"'],
  ['docs/', 'begins or ends with "/"'],
  ['a//b', 'holds "//"'],
  ['./a', '"." is no part of a path'],
  ['../a', '".." is no part of a path'],
  ['a[b', 'a "[" does not begin a set'],
  ['a[]', 'a "[" does not begin a set'],
  ['[z-a]', 'a "[" does not begin a set'],
  ['[a/b]', 'a "[" does not begin a set'],
  ['a\\', 'must stand before the character'],
  ['{a', 'its braces do not hold alternatives'],
  ['a}', 'its braces do not hold alternatives'],
  ['{a}', 'its braces do not hold alternatives'],
  ['{1..3}', 'its braces do not hold alternatives'],
  ['{,a}', 'begins or ends with "/"'],
  ['{a,b}'.repeat(7), 'more than 100 patterns'],
  ['{a,b}'.repeat(50), 'more than 100 patterns'],
  [`{a,b}{c,d}{e,f}{g,h}${'x'.repeat(200)}`, 'or 2500 characters in all'],
])('%j is refused: %s', (pattern, problem) => {
  expect(globProblem(pattern)).toContain(problem);
});

test('no pattern makes matching take long', () => {
  const path = Array.from({ length: 200 }, () => 'a'.repeat(20)).join('/');
  for (const pattern of ['*a'.repeat(120) + 'b', '**/a*/'.repeat(40) + 'b', '{*a*a,a*a*}'.repeat(6) + '*b']) {
    expect(globProblem(pattern)).toBeUndefined();
    expect(matches([pattern], path)).toBe(false);
    expect(matches([pattern], 'a'.repeat(4000))).toBe(false);
  }
});

test('what patterns are long, braces written out', () => {
  expect(expandedLength(['main', 'a{b,cd}', '!x'])).toBe(4 + 2 + 3 + 2);
});

const letters = fc.constantFrom('a', 'b', '.', '-');
const part = fc.string({ unit: letters, minLength: 1, maxLength: 4 }).filter((text) => !/^\.\.?$/.test(text));
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));

test('a path matches itself, and patterns made from it by taking parts away', () => {
  fc.assert(
    fc.property(path, fc.nat(), (text, seed) => {
      const parts = text.split('/');
      const index = seed % parts.length;
      const one = parts.with(index, `${parts[index]!.slice(0, 1)}*`).join('/');
      const any = [...parts.slice(0, index), '**'].join('/');
      for (const pattern of [text, '**', one, any]) expect(matches([pattern], text)).toBe(true);
      expect(matches([text, `!${one}`], text)).toBe(false);
    }),
  );
});

test('whatever is written is either refused or matches without failing', () => {
  const anything = fc.string({ unit: fc.constantFrom(...'ab/*?[]{},!\\-^.'), maxLength: 30 });
  fc.assert(
    fc.property(anything, path, (pattern, text) => {
      if (globProblem(pattern) === undefined) matches([pattern], text);
    }),
  );
});
