import { expect, test } from 'vitest';
import { checkRepositoryUrl, repositoryUrlProblem } from './repository-url.js';

test.each([
  ['https://example.com/team/app.git', 'https'],
  ['http://127.0.0.1:3000/app', 'http'],
  ['ssh://git@example.com:2222/app.git', 'ssh'],
  ['git@example.com:team/app.git', 'ssh'],
  ['example.com:app.git', 'ssh'],
  ['file:///srv/git/app.git', 'file'],
  ['/srv/git/app.git', 'file'],
  ['https://GIT.example.com:443/app', 'https'],
  ['https://[2001:db8::1]:8443/app', 'https'],
  ['ssh://git@[::1]:2222/app', 'ssh'],
  ['git@[::1]:app', 'ssh'],
])('%s is %s', (url, protocol) => {
  expect(checkRepositoryUrl(url)).toBe(protocol);
});

test.each([
  ['', 'is empty'],
  ['ext::sh -c touch% x', 'remote helper'],
  ['--upload-pack=touch x', 'starts with "-"'],
  ['git@example.com:-oProxyCommand=x', 'cannot be read'],
  ['ssh://-oProxyCommand=x/app', 'starts with "-"'],
  ['ssh://-oProxyCommand=x@example.com/app', 'starts with "-"'],
  ['ssh://%2DoProxyCommand=x@example.com/app', 'starts with "-"'],
  ['https://example.com/a\nb', 'control character'],
  ['https://user:secret@example.com/app', 'password'],
  ['https://secret@example.com/app', 'password'],
  ['ssh://git:secret@example.com/app', 'password'],
  ['git://example.com/app', 'protocol "git"'],
  ['fd::17', 'remote helper'],
  ['https://github.com\\@127.0.0.1/app', 'read otherwise'],
  ['https://github.com#@127.0.0.1/app', 'read otherwise'],
  ['https://github.com?@127.0.0.1/app', 'read otherwise'],
  ['https:///github.com/app', 'read otherwise'],
  ['https://%67ithub.com/app', 'read otherwise'],
  ['https://127.1/app', 'read otherwise'],
  ['https://①/app', 'read otherwise'],
  ['ssh://git@github.com\\@127.0.0.1/app', 'read otherwise'],
  ['ssh://a@b@127.0.0.1/app', 'read otherwise'],
  ['file://host/app', 'host'],
  ['relative/path', 'cannot be read'],
  [`https://example.com/${'a'.repeat(3000)}`, 'longer than 2048'],
])('%s is refused: %s', (url, reason) => {
  expect(repositoryUrlProblem(url)).toContain(reason);
  expect(repositoryUrlProblem(url)).not.toContain('secret');
});
