import { expect, test } from 'vitest';
import { checkCommitName, checkRefName, isRefName } from './ref-name.js';

test.each(['main', 'feature/a-b', 'refs/heads/main', 'refs/pull/7/head', 'v1.2.3', 'HEAD', 'ünïcode'])('%s', (ref) => {
  expect(isRefName(ref)).toBe(true);
});

test.each([
  '',
  '-x',
  '--upload-pack=x',
  'a b',
  'a..b',
  'a~1',
  'a^',
  'a:b',
  'a?',
  'a*',
  'a[',
  'a\\b',
  'a.lock',
  'a/',
  '/a',
  'a//b',
  '@',
  'a@{1}',
  'a\nb',
  '.a',
  'a/.b',
  'x'.repeat(600),
])('"%s" is refused', (ref) => {
  expect(() => checkRefName(ref)).toThrow(/is no Git ref; accepted/);
});

test('commits are full names', () => {
  expect(() => checkCommitName('a'.repeat(40))).not.toThrow();
  expect(() => checkCommitName('a'.repeat(64))).not.toThrow();
  for (const bad of ['a'.repeat(39), 'A'.repeat(40), 'main', ''])
    expect(() => checkCommitName(bad)).toThrow('is no commit');
});
