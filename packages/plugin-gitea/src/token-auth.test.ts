import { SecretValue, type ContributionContext, type GitCredential } from '@danube/plugin-api';
import { expect, it } from 'vitest';
import { giteaToken } from './token-auth.js';

const url = 'https://git.example.com/gitea';
const context = { secret: (name: string) => Promise.resolve(new SecretValue(`value of ${name}`)) };

function issue(repository: string, more: { readonly username?: string } = {}): Promise<GitCredential> {
  const config = { url, token_secret: 'gitea-token', ...more };
  const method = giteaToken.create(config, context as unknown as ContributionContext);
  return method.issueCredential({ url: repository }, new AbortController().signal);
}

it.each([
  [{}, 'danube'],
  [{ username: 'ci-bot' }, 'ci-bot'],
])('the token is the password, with %j of %s', async (more, username) => {
  const credential = await issue(`${url}/octo/hello.git`, more);
  expect(credential).toMatchObject({ kind: 'https', username });
  expect(credential.kind === 'https' && credential.password.reveal()).toBe('value of gitea-token');
});

it.each([
  'https://git.example.com/octo/hello.git',
  'http://git.example.com/gitea/octo/hello',
  'git@git.example.com:a/b',
])('the token is not handed out for %s', async (repository) => {
  await expect(issue(repository)).rejects.toMatchObject({ code: 'repository_not_served', retryable: false });
});
