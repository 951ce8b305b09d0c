import { SecretValue, type ContributionContext, type GitAuthMethod } from '@danube/plugin-api';
import { expect, it } from 'vitest';
import { tokenSchema, type GitlabTokenConfig } from './config.js';
import { gitlabToken } from './token-auth.js';

const signal = new AbortController().signal;

function method(config: Partial<GitlabTokenConfig>, secrets = ['glpat-one']): GitAuthMethod {
  const secret = (name: string) => Promise.resolve(new SecretValue(`${name}: ${secrets.shift()}`));
  return gitlabToken.create({ token_secret: 'gitlab-token', ...config }, { secret } as unknown as ContributionContext);
}

async function passwordFor(auth: GitAuthMethod, url: string): Promise<string | undefined> {
  const credential = await auth.issueCredential({ url }, signal);
  expect(credential).toMatchObject({ kind: 'https', username: 'oauth2' });
  return credential.kind === 'https' ? credential.password.reveal() : undefined;
}

it.each([
  [{}, 'https://gitlab.com/group/app.git'],
  [{ url: 'https://gitlab.internal.com/' }, 'https://gitlab.internal.com/group/app.git'],
])('the token of %j is the password for %s', async (config, repository) => {
  expect(await passwordFor(method(config), repository)).toBe('gitlab-token: glpat-one');
});

it('a deploy token goes with the user name that GitLab gave it', async () => {
  const credential = await method({ username: 'gitlab+deploy-token-7' }).issueCredential(
    { url: 'https://gitlab.com/group/app.git' },
    signal,
  );
  expect(credential).toMatchObject({ kind: 'https', username: 'gitlab+deploy-token-7' });
});

it.each(['', 'a b', 'a:b', 'a\nb'])('%j is no user name', (username) => {
  const pattern = new RegExp((tokenSchema['properties'] as { username: { pattern: string } }).username.pattern);
  expect(pattern.test(username)).toBe(false);
});

it('the token is not handed out for another server', async () => {
  await expect(passwordFor(method({}), 'https://gitlab.internal.com/group/app.git')).rejects.toMatchObject({
    code: 'repository_not_served',
  });
});

it('a changed secret holds from the next credential on', async () => {
  const auth = method({}, ['glpat-one', 'glpat-two']);
  const repository = 'https://gitlab.com/group/app.git';
  expect(await passwordFor(auth, repository)).toBe('gitlab-token: glpat-one');
  expect(await passwordFor(auth, repository)).toBe('gitlab-token: glpat-two');
});
