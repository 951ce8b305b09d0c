import { expect, test } from 'vitest';
import { hostOf, repositoryPath, repositoryPathOn, servedBy } from './repository-urls.js';

test.each([
  ['https://github.com/octo/hello.git', 'github.com', 'octo/hello'],
  ['https://GitHub.com/octo/hello/', 'github.com', 'octo/hello'],
  ['https://user@github.com:8443/octo/hello', 'github.com', 'octo/hello'],
  ['ssh://git@github.com:2222/octo/hello.git/', 'github.com', 'octo/hello'],
  ['ssh://git@GitHub.com/octo/hello', 'github.com', 'octo/hello'],
  ['git@github.com:octo/hello.git', 'github.com', 'octo/hello'],
  ['github.com:/octo/hello', 'github.com', 'octo/hello'],
  ['git@[::1]:a/b', '::1', 'a/b'],
  ['ssh://git@[::1]:22/a/b', '::1', 'a/b'],
  ['https://gitlab.example.com/group/sub%20group/app', 'gitlab.example.com', 'group/sub group/app'],
  ['https://github.com/', 'github.com', undefined],
  ['file:///srv/git/app.git', undefined, undefined],
  ['/srv/git/app.git', undefined, undefined],
  ['ext::sh -c id', undefined, undefined],
  ['https://github.com/octo/hel lo', undefined, undefined],
  ['https://github.com/%zz', undefined, undefined],
  ['', undefined, undefined],
  [`https://github.com/${'/'.repeat(1_000_000)}x`, undefined, undefined],
])('URL %# has its host and path', (url, host, path) => {
  expect(hostOf(url)).toBe(host);
  expect(repositoryPath(url)).toBe(path);
});

test.each([
  ['https://github.com', 'git@github.com:octo/hello.git', true],
  ['https://github.com', 'https://github.com/octo/hello', true],
  ['https://github.com', 'ssh://git@github.com:443/octo/hello', true],
  ['https://github.com', 'https://github.com.evil.example/octo/hello', false],
  ['https://github.com', 'https://evil.example/github.com/hello', false],
  ['https://github.com', 'https://github.com', false],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/a/b', true],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3001/a/b', false],
  ['http://127.0.0.1:3000', 'ssh://git@127.0.0.1:2222/a/b', true],
  ['https://example.com/git/', 'https://example.com/git/a/b', true],
  ['https://example.com/git', 'https://example.com/gitea/a/b', false],
  ['https://example.com/git', 'git@example.com:a/b', true],
  ['https://example.com', '/srv/git/app.git', false],
])('a forge at %s serves %s: %s', (forge, repository, serves) => {
  expect(servedBy(forge, repository)).toBe(serves);
});

test.each([
  ['https://gitlab.com', 'https://gitlab.com/group/deep/app.git', 'group/deep/app'],
  ['https://example.com/git/', 'https://example.com/git/octo/hello.git', 'octo/hello'],
  ['https://example.com/git', 'git@example.com:octo/hello.git', 'octo/hello'],
  ['https://example.com/git', 'ssh://git@example.com:2222/octo/hello', 'octo/hello'],
  ['https://example.com/git', 'https://example.com/octo/hello', undefined],
  ['https://example.com', 'https://other.example/octo/hello', undefined],
])('on %s, %s is %s', (forge, repository, path) => {
  expect(repositoryPathOn(forge, repository)).toBe(path);
});
