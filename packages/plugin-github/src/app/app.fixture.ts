import { generateKeyPairSync } from 'node:crypto';
import { DanubeError, SecretValue, type ContributionContext, type GitCredential } from '@danube/plugin-api';
import { startRemote, type RemoteAnswer, type RemoteRequest, type RemoteServer } from '@danube/plugin-api/testing';
import { createGithubApp } from '../github-app.js';
import { simulateGithub, type SimulatedApp } from '../simulated-github.js';

/** A private key of an app, made once for each size and format. */
export const appKey = memoized((bits: number, type: 'pkcs1' | 'pkcs8') => {
  const publicKeyEncoding = { type: 'spki', format: 'pem' } as const;
  const privateKeyEncoding = { type, format: 'pem' } as const;
  return generateKeyPairSync('rsa', { modulusLength: bits, publicKeyEncoding, privateKeyEncoding }).privateKey;
});

/** Reads of secrets and counts, as the host keeps them. */
export function testContext(secrets: Readonly<Record<string, string>>) {
  const counts: Record<string, number> = {};
  const ignore = () => undefined;
  const context: ContributionContext = {
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    secret: (name) => {
      const value = secrets[name];
      if (value !== undefined) return Promise.resolve(new SecretValue(value));
      return Promise.reject(
        new DanubeError('secret_not_found', `there is no secret "${name}"`, { category: 'not_found' }),
      );
    },
    count: (counter, { status = '' }) => {
      const key = `${counter} ${status}`;
      counts[key] = (counts[key] ?? 0) + 1;
    },
  };
  return { context, counts };
}

export interface AppFixture {
  readonly remote: RemoteServer;
  readonly requests: readonly RemoteRequest[];
  readonly counts: Readonly<Record<string, number>>;
  readonly clock: { now: number };
  /** May be changed while it runs. */
  readonly secrets: Record<string, string>;
  /** May be changed while it runs. */
  readonly app: { -readonly [Key in keyof SimulatedApp]: SimulatedApp[Key] };
  readonly issue: (url?: string, signal?: AbortSignal) => Promise<GitCredential>;
  /** Answers the following requests with this; undefined: as GitHub does. */
  readonly answerWith: (answer: RemoteAnswer | undefined) => void;
}

export const repositoryUrl = 'https://github.com/octo/hello.git';

/** GitHub on this machine, an app of it, and a `github_app` entry with a clock of its own. */
export async function startApp(entry: Readonly<Record<string, unknown>> = {}): Promise<AppFixture> {
  const clock = { now: Date.parse('2026-03-02T12:00:00Z') };
  const app = { appId: '123456', installation: 78910, privateKey: appKey(2048, 'pkcs1'), fullName: 'octo/hello' };
  const secrets = { 'app-key': app.privateKey };
  const { context, counts } = testContext(secrets);
  const requests: RemoteRequest[] = [];
  let fault: RemoteAnswer | undefined;
  const remote = await startRemote((request) => {
    requests.push(request);
    return fault ?? simulateGithub({ ...app, now: () => clock.now }).answer(request);
  });
  const config = { app_id: '123456', installation_id: 78910, private_key_secret: 'app-key', api_url: remote.url };
  const method = createGithubApp({ ...config, ...entry }, context, () => clock.now);
  return {
    remote,
    requests,
    counts,
    clock,
    secrets,
    app,
    issue: (url = repositoryUrl, signal = new AbortController().signal) => method.issueCredential({ url }, signal),
    answerWith: (answer) => (fault = answer),
  };
}

function memoized<Args extends readonly unknown[], T>(make: (...args: Args) => T): (...args: Args) => T {
  const made = new Map<string, T>();
  return (...args) => {
    const key = args.join();
    const value = made.get(key) ?? make(...args);
    made.set(key, value);
    return value;
  };
}
