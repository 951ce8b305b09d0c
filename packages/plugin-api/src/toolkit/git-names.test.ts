import { expect, test } from 'vitest';
import { isCommitName, isFullRef, isZeroCommit } from './git-names.js';

const sha1 = 'a'.repeat(40);
const sha256 = '0123456789abcdef'.repeat(4);

test.each([sha1, sha256])('%s is a commit', (name) => expect(isCommitName(name)).toBe(true));

test.each(['', 'main', sha1.slice(1), `${sha1}a`, sha1.toUpperCase(), '0'.repeat(40), `${sha1}\n`])(
  '%j is no commit',
  (name) => expect(isCommitName(name)).toBe(false),
);

test.each([
  ['0'.repeat(40), true],
  ['0'.repeat(64), true],
  ['0'.repeat(41), false],
  [sha1, false],
  ['', false],
])('%s stands for no commit: %s', (name, zero) => expect(isZeroCommit(name)).toBe(zero));

test.each([
  'refs/heads/main',
  'refs/tags/v1.0',
  'refs/pull/7/head',
  'refs/heads/feature/é',
  'refs/heads/-dash',
  'refs/heads/a@b',
])('%s is a full ref', (ref) => expect(isFullRef(ref)).toBe(true));

test.each([
  'main',
  'heads/main',
  'refs/heads/',
  'refs/heads',
  'refs/heads/a b',
  'refs/heads/a..b',
  'refs/heads/a.lock',
  'refs/heads/a.lock/b',
  'refs/heads/a/',
  'refs/heads/a.',
  'refs/heads//a',
  'refs/heads/.a',
  'refs/heads/a\n',
  'refs/heads/a:b',
  'refs/heads/a^',
  'refs/heads/a*',
  'refs/heads/a\\b',
  'refs/heads/@{1}',
  `refs/heads/${'a'.repeat(2000)}`,
])('%j is no full ref', (ref) => expect(isFullRef(ref)).toBe(false));
