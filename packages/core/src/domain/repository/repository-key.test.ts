import { expect, test } from 'vitest';
import { repositoryKey, sameRepository } from './repository-key.js';

test.each([
  ['https://github.com/octo/hello.git', 'github.com/octo/hello'],
  ['http://GitHub.com/octo/hello/', 'github.com/octo/hello'],
  ['https://github.com:443/octo/hello', 'github.com/octo/hello'],
  ['ssh://git@github.com:22/octo/hello.git/', 'github.com/octo/hello'],
  ['git@github.com:octo/hello.git', 'github.com/octo/hello'],
  ['github.com:/octo/hello', 'github.com/octo/hello'],
  ['git@[::1]:octo/hello.git', '[::1]/octo/hello'],
  ['ssh://git@git.example.org:2222/octo/hello', 'git.example.org:2222/octo/hello'],
  ['https://git.example.org/group/sub%20group/app', 'git.example.org/group/sub group/app'],
  ['https://git.example.org/bad%zzescape', 'git.example.org/bad%zzescape'],
  ['file:///srv/git/app.git', '/srv/git/app'],
  ['/srv/git/app.git', '/srv/git/app'],
  ['https://git.example.org/.git', 'git.example.org/.git'],
  ['https://[bad/app', 'https://[bad/app'],
  ['', ''],
])('%s has the key %s', (url, key) => {
  expect(repositoryKey(url)).toBe(key);
});

test.each([
  ['https://github.com/octo/hello', 'https://github.com/octo/hello-world'],
  ['https://github.com/octo/hello', 'https://github.com/Octo/hello'],
  ['https://git.example.org/app', 'https://git.example.org:8443/app'],
  ['https://git.example.org/app', 'https://git.example.com/app'],
  ['https://git.example.org/a/app', '/a/app'],
])('%s is another repository than %s', (one, other) => {
  expect(sameRepository(one, other)).toBe(false);
});

test('a very long run of slashes is read in no time', () => {
  expect(repositoryKey(`https://x/${'/'.repeat(100_000)}a`)).toBe('x/a');
});
