import { expect, test } from 'vitest';
import { matchesRepository } from './match-repository.js';
import { repositoryName } from './repository-name.js';

test.each([
  ['https://github.com/myorg/app.git', 'github.com/myorg/app'],
  ['https://GitHub.com/MyOrg/App/', 'github.com/MyOrg/App'],
  ['git@github.com:myorg/app.git', 'github.com/myorg/app'],
  ['ssh://git@git.example.com:2222/group/sub/app', 'git.example.com/group/sub/app'],
  ['https://[::1]:8443/app', '::1/app'],
  ['git@[::1]:app', '::1/app'],
  ['file:///srv/app', ''],
  ['/srv/app.git', ''],
])('%s is named "%s"', (url, name) => {
  expect(repositoryName(url)).toBe(name);
});

test.each([
  ['github.com/myorg/*', 'https://github.com/myorg/app.git', true],
  ['github.com/myorg/*', 'git@github.com:myorg/app.git', true],
  ['GitHub.com/myorg/*', 'https://GITHUB.com/myorg/app', true],
  ['github.com/myorg/*', 'https://github.com/myorg2/app', false],
  ['github.com/myorg/*', 'https://evil-github.com/myorg/app', false],
  ['github.com/myorg/*', 'https://github.com.evil.example/myorg/app', false],
  ['github.com/myorg/*', 'https://evil.example/github.com/myorg/app', false],
  ['github.com/myorg/app', 'https://github.com/myorg/app.git', true],
  ['github.com/myorg/app.git', 'https://github.com/myorg/app', true],
  ['gitlab.example.com/*', 'https://gitlab.example.com/group/sub/app', true],
  ['*.example.com/team/*', 'https://git.example.com/team/app', true],
  ['*.example.com/team/*', 'https://evil.example/x.example.com/team/app', false],
  ['github.com/my*', 'https://github.com/myorg/app', true],
  ['git.example.com/{a,b}/*', 'https://git.example.com/b/app', true],
  ['*', 'ssh://git@anywhere.example:2222/a/b/c', true],
  ['**', 'https://anywhere.example/a/b', true],
  ['git.example.com:8443/*', 'https://git.example.com:8443/app', true],
  ['git.example.com:8443/*', 'https://git.example.com/app', false],
  ['git.example.com/*', 'https://git.example.com:8443/app', true],
  ['!github.com/*', 'https://git.example.com/app', false],
  ['*', 'file:///srv/app', false],
  ['*', '/srv/app', false],
])('%s with %s: %s', (pattern, url, expected) => {
  expect(matchesRepository([pattern], url)).toBe(expected);
});
