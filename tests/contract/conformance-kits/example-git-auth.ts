import { secretName, SecretValue, type Contribution, type GitAuthMethod } from '@danube/plugin-api';
import { startRemote, type GitAuthSamples } from '@danube/plugin-api/testing';
import { ExpiringValue, ForgeApi } from '@danube/plugin-api/toolkit';

interface Config {
  readonly url: string;
  readonly token: string;
}

export const exampleToken = 'the-token-that-buys-passwords';
export const examplePassword = 'the-password-that-is-issued';

/** Buys a password with a token and keeps it: as simple as a method with a cache can be. */
export const exampleGitAuth: Contribution<never, GitAuthMethod> = {
  type: 'example',
  configSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['url', 'token'],
    properties: { url: { type: 'string' }, token: secretName('A token.') },
  },
  create: (config: Config, context): GitAuthMethod => {
    const api = new ForgeApi({
      forge: 'Example',
      baseUrl: config.url,
      headers: async (signal) => ({ 'x-token': (await context.secret(config.token, signal)).reveal() }),
    });
    const password = new ExpiringValue({
      renewBeforeMs: 600_000,
      renew: async (signal) => {
        const { object } = await api.call({ method: 'POST', path: '/password' }, signal);
        return { value: new SecretValue(object().text('password')), expiresAt: Date.now() + 3_600_000 };
      },
    });
    return {
      issueCredential: async (_repository, signal) => ({
        kind: 'https',
        username: 'x-token',
        password: await password.get(signal),
      }),
    };
  },
};

export const exampleGitAuthSamples: GitAuthSamples = {
  caches: true,
  prepare: async () => {
    const remote = await startRemote(() => ({ body: { password: examplePassword } }));
    return {
      config: { url: remote.url, token: 'a-token' },
      secrets: { 'a-token': exampleToken },
      remote,
      repository: { url: 'https://example.com/octo/hello.git' },
      kind: 'https',
      close: () => remote.close(),
    };
  },
};
