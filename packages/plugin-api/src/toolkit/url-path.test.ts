import { expect, test } from 'vitest';
import { urlPath } from './url-path.js';

test('a value is one part of the path, whatever it holds', () => {
  expect(urlPath`/repos/${'a/../b'}/${7}?page=${'1&x'}`).toBe('/repos/a%2F..%2Fb/7?page=1%26x');
});

test.each(['', '.', '..'])('%j would be another path', (value) => {
  expect(() => urlPath`/repos/${value}/x`).toThrow(expect.objectContaining({ code: 'forge_request_invalid' }));
});
