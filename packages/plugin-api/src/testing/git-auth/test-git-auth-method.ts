import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Contribution } from '../../contribution.js';
import type { GitAuthMethod, GitCredential } from '../../git-auth-method.js';
import type { SecretValue } from '../../secret-value.js';
import type { RepositoryRef } from '../../values.js';
import { contributionChecks } from '../kit/contribution-checks.js';
import { assertNoSecret, rejection } from '../kit/failures.js';
import { instanceChecks } from '../kit/instance-checks.js';
import { remoteChecks } from '../kit/remote-checks.js';
import type { Samples, Setting } from '../kit/setting.js';
import { register, type Check, type Trial } from '../kit/subject.js';
import type { TestFunction } from '../kit/test-function.js';

/** Where one check of a method runs: a repository that it has a credential for, and of which kind that is. */
export interface GitAuthSetting extends Setting {
  readonly repository: RepositoryRef;
  readonly kind: GitCredential['kind'];
}

/** What {@link testGitAuthMethod} needs to know of a method. */
export interface GitAuthSamples extends Samples<GitAuthSetting> {
  /** Whether a credential is kept and handed out again without asking the other side. */
  readonly caches: boolean;
}

type GitAuthCheck = Check<GitAuthMethod, GitAuthSetting, GitAuthSamples>;
const together = 20;

function issue({ instance, setting }: Trial<GitAuthMethod, GitAuthSetting>): Promise<GitCredential> {
  return instance.issueCredential(setting.repository, new AbortController().signal);
}

const checks: readonly GitAuthCheck[] = [
  {
    name: 'the credential is complete and of its kind',
    run: ({ use }) =>
      use(async (trial) => {
        const credential = await issue(trial);
        assert.equal(credential.kind, trial.setting.kind, `the credential is of the kind "${credential.kind}"`);
        if (credential.kind === 'https') {
          assert.match(
            credential.username,
            /^[^\p{Cc}:]+$/u,
            'the user name is empty, or holds what HTTP cannot carry',
          );
          assert.match(
            revealed(credential.password),
            /^[^\p{Cc}]+$/u,
            'the password is empty or has more than one line',
          );
          return;
        }
        assert.match(revealed(credential.privateKey), /^-----BEGIN [A-Z ]*PRIVATE KEY-----\n/, 'it is no private key');
        const { knownHosts } = credential;
        assert.ok(knownHosts === undefined || /^[^\s]+ [a-z][\w@.-]* \S+/m.test(knownHosts), 'knownHosts has no host');
      }),
  },
  {
    name: 'nothing that is printed shows the credential',
    run: ({ use }) =>
      use(async (trial) => {
        const credential = await issue(trial);
        const secret = revealed(credential.kind === 'https' ? credential.password : credential.privateKey).trim();
        assertNoSecret(credential, trial.setting, 'the credential', [secret]);
        assertNoSecret(trial.instance, trial.setting, 'the instance', [secret]);
        assertNoSecret(trial.kit.logged(), trial.setting, 'the log', [secret]);
      }),
  },
  {
    name: 'many calls at once are answered, and from a cache with one request at a time',
    run: async ({ use, samples }) => {
      const single = await requestsOf(use, async (trial) => void (await issue(trial)));
      const many = await requestsOf(use, async (trial) => {
        const credentials = await Promise.all(Array.from({ length: together }, () => issue(trial)));
        assert.equal(new Set(credentials.map(({ kind }) => kind)).size, 1, 'they are of different kinds');
      });
      if (samples.caches) assert.equal(many, single, `${together} calls at once sent more requests than one`);
    },
  },
  {
    name: 'a cached credential is handed out again without a request',
    run: ({ use, samples }) =>
      use(async (trial) => {
        const first = await issue(trial);
        const requests = trial.setting.remote?.requests();
        const second = await issue(trial);
        if (!samples.caches) return;
        assert.ok(
          trial.setting.remote !== undefined,
          'a method that caches talks to somebody: its samples have a remote',
        );
        assert.equal(trial.setting.remote.requests(), requests, 'the second call sent a request');
        assert.equal(inspect(first), inspect(second), 'the second call gave another credential');
      }),
  },
  {
    name: 'a failure is not cached',
    run: ({ use }) =>
      use(async (trial) => {
        const { remote } = trial.setting;
        if (remote === undefined) return;
        remote.breakDown();
        await rejection(issue(trial), 'although the other side failed');
        remote.recover();
        await issue(trial);
      }),
  },
  {
    name: 'the abort of one caller leaves the others their credential',
    run: ({ use }) =>
      use(async (trial) => {
        const leaving = new AbortController();
        const left = trial.instance.issueCredential(trial.setting.repository, leaving.signal);
        const stayed = issue(trial);
        left.catch(() => undefined);
        leaving.abort(new DOMException('aborted by the kit', 'AbortError'));
        await stayed;
      }),
  },
  ...remoteChecks<GitAuthMethod, GitAuthSetting, GitAuthSamples>(
    'issueCredential',
    ({ instance, setting }, signal) => instance.issueCredential(setting.repository, signal),
    { saysWhen: true },
  ),
];

async function requestsOf(
  use: Parameters<GitAuthCheck['run']>[0]['use'],
  body: (trial: Trial<GitAuthMethod, GitAuthSetting>) => Promise<void>,
): Promise<number> {
  let requests = 0;
  await use(async (trial) => {
    const before = trial.setting.remote?.requests() ?? 0;
    await body(trial);
    requests = (trial.setting.remote?.requests() ?? 0) - before;
  });
  return requests;
}

function revealed(secret: SecretValue): string {
  assert.equal(String(secret), '[redacted]', 'the secret is no SecretValue');
  return secret.reveal();
}

/** Checks every promise of {@link GitAuthMethod}. */
export function testGitAuthMethod(
  test: TestFunction,
  contribution: Contribution<never, GitAuthMethod>,
  samples: GitAuthSamples,
): void {
  register(
    test,
    `gitAuthMethods ${contribution.type}`,
    [contribution, samples],
    [...contributionChecks(), ...instanceChecks(), ...checks],
  );
}
