import { expect, test } from 'vitest';
import { commitAddress, fileAddress } from './repository-address.ts';

const place = { file: 'pipelines/web.yaml', line: 3 };

test.each([
  ['https://github.com/acme/config.git', 'https://github.com/acme/config/blob/abc/pipelines/web.yaml#L3'],
  ['git@github.com:acme/config.git', 'https://github.com/acme/config/blob/abc/pipelines/web.yaml#L3'],
  ['ssh://git@gitlab.acme.org:2222/a/b/', 'https://gitlab.acme.org/a/b/blob/abc/pipelines/web.yaml#L3'],
  ['http://gitea:3000/a/b', 'http://gitea:3000/a/b/src/commit/abc/pipelines/web.yaml#L3'],
])('a file of %s is read at %s', (url, address) => {
  expect(fileAddress(url, 'abc', place)).toBe(address);
});

test('a folder, nonsense and a missing commit have no address', () => {
  for (const url of ['file:///srv/config', '/srv/config', 'javascript:alert(1)', '', undefined]) {
    expect(fileAddress(url, 'abc', place)).toBeUndefined();
  }
  expect(fileAddress('https://github.com/a/b', undefined, place)).toBeUndefined();
});

test('a commit has a page of its own, without credentials of the URL', () => {
  expect(commitAddress('https://user:secret@git.acme.org/a/b.git', 'abc')).toBe('https://git.acme.org/a/b/commit/abc');
});
