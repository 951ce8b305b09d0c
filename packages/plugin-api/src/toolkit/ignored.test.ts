import { expect, test } from 'vitest';
import { ignored } from './ignored.js';

test.each([
  ['refs/heads/old was deleted', 'refs/heads/old was deleted'],
  ['"x\r\n\u0000y" starts no job', '"x y" starts no job'],
  ['a'.repeat(1000), 'a'.repeat(300)],
])('reason %# is one short line', (reason, expected) => {
  expect(ignored(reason)).toEqual({ kind: 'ignored', reason: expected });
});
