import { SecretValue, type ContributionContext } from '@danube/plugin-api';
import { expect, it } from 'vitest';
import { gitlabToken } from './token-auth.js';

const signal = new AbortController().signal;

function issue(url: string | undefined, repository: string, secrets: string[] = ['glpat-one']) {
  const context = { secret: () => Promise.resolve(new SecretValue(secrets.shift() ?? '')) };
  const config = { token_secret: 'gitlab-token', ...(url === undefined ? {} : { url }) };
  const method = gitlabToken.create(config, context as unknown as ContributionContext);
  return { first: method.issueCredential({ url: repository }, signal), method };
}

it.each([
  [undefined, 'https://gitlab.com/group/app.git'],
  ['https://gitlab.internal.com', 'https://gitlab.internal.com/group/app.git'],
  ['https://git.example.org/gitlab', 'https://git.example.org/gitlab/group/app'],
  ['http://gitlab.lan:8080', 'http://gitlab.lan:8080/group/app.git'],
])('a token for %s is for %s', async (url, repository) => {
  const credential = await issue(url, repository).first;
  expect(credential).toMatchObject({ kind: 'https', username: 'oauth2' });
  expect(credential.kind === 'https' && credential.password.reveal()).toBe('glpat-one');
});

it.each([
  ['another server', 'https://gitlab.internal.com.example.org/group/app.git'],
  ['another port', 'https://gitlab.internal.com:8443/group/app.git'],
  ['clear text', 'http://gitlab.internal.com/group/app.git'],
  ['ssh', 'git@gitlab.internal.com:group/app.git'],
])('a token is not handed out for %s', async (_name, repository) => {
  await expect(issue('https://gitlab.internal.com', repository).first).rejects.toMatchObject({
    code: 'repository_not_served',
    category: 'invalid',
    retryable: false,
  });
});

it('a changed secret holds from the next credential on', async () => {
  const repository = 'https://gitlab.com/group/app.git';
  const { first, method } = issue(undefined, repository, ['glpat-one', 'glpat-two']);
  await first;
  const second = await method.issueCredential({ url: repository }, signal);
  expect(second.kind === 'https' && second.password.reveal()).toBe('glpat-two');
});
