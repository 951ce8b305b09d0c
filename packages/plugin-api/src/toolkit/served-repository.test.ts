import { describe, expect, it } from 'vitest';
import { assertTokenFits, servedPath } from './served-repository.js';

const notServed = expect.objectContaining({
  code: 'repository_not_served',
  category: 'invalid',
  retryable: false,
}) as Error;

describe('the path of a repository', () => {
  it('is the one on its forge', () => {
    expect(servedPath('https://example.com/git', { url: 'https://example.com/git/octo/hello.git' })).toBe('octo/hello');
    expect(servedPath('https://example.com/git', { url: 'git@example.com:octo/hello.git' })).toBe('octo/hello');
  });

  it('is refused elsewhere', () => {
    expect(() => servedPath('https://example.com', { url: 'https://example.org/octo/hello' })).toThrow(notServed);
  });
});

describe('a token', () => {
  it.each([
    ['https://gitlab.com', 'https://gitlab.com/group/app.git'],
    ['https://gitlab.com', 'HTTPS://GitLab.com/group/app.git'],
    ['https://git.example.org/gitlab', 'https://git.example.org/gitlab/group/app'],
    ['http://gitlab.lan:8080', 'http://gitlab.lan:8080/group/app.git'],
  ])('for %s fits %s', (url, repository) => expect(() => assertTokenFits(url, { url: repository })).not.toThrow());

  it.each([
    ['another server', 'https://git.example.com.example.org/group/app.git'],
    ['another port', 'https://git.example.com:8443/group/app.git'],
    ['another folder', 'https://git.example.com/other/app.git'],
    ['clear text', 'http://git.example.com/git/group/app.git'],
    ['ssh', 'git@git.example.com:group/app.git'],
  ])('does not fit %s', (_name, repository) => {
    expect(() => assertTokenFits('https://git.example.com/git', { url: repository })).toThrow(notServed);
  });
});
