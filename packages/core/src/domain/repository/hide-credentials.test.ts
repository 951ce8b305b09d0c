import { expect, test } from 'vitest';
import { hideCredentials } from './hide-credentials.js';

test.each([
  ['"https://user:word@host/x"', '"https://…@host/x"'],
  ['"https://token@host/x"', '"https://…@host/x"'],
  ['"https://user:w@rd@host/x"', '"https://…@host/x"'],
  ['"git@host:x.git"', '"git@host:x.git"'],
  ['"https://host/x"', '"https://host/x"'],
  ['a//b and c@d', 'a//b and c@d'],
])('%s is shown as %s', (text, shown) => {
  expect(hideCredentials(text)).toBe(shown);
});
