import { SecretValue, type ContributionContext, type GitAuthMethod, type GitCredential } from '@danube/plugin-api';
import { testGitAuthMethod, type GitAuthSamples } from '@danube/plugin-api/testing';
import { expect, test } from 'vitest';
import { collectFailures } from './collect-failures.js';
import { commonChecks, commonMutations, type CommonMutation } from './common-mutations.js';
import { exampleGitAuth, exampleGitAuthSamples, examplePassword, exampleToken } from './example-git-auth.js';
import { limitedRemoteMutations, tellingSecrets } from './remote-mutations.js';

type Issue = (signal: AbortSignal) => Promise<GitCredential>;

/** Wrong in what `issueCredential` does; `fresh` makes another method that has cached nothing. */
const issuing =
  (change: (issue: Issue, fresh: () => Issue, context: ContributionContext) => Issue): CommonMutation[1] =>
  (contribution) => ({
    ...contribution,
    create: (config, context) => {
      const fresh = (): Issue => {
        const method: GitAuthMethod = contribution.create(config, context);
        return (signal) => method.issueCredential({ url: 'https://example.com/octo/hello.git' }, signal);
      };
      const issue = change(fresh(), fresh, context);
      return { issueCredential: (_repository, signal) => issue(signal) };
    },
  });
const credential = (change: object) => issuing((issue) => async (signal) => ({ ...(await issue(signal)), ...change }));
const complete = 'the credential is complete and of its kind';
const noKey = { kind: 'ssh', privateKey: new SecretValue('no key at all'), knownHosts: undefined };

const mutations: readonly CommonMutation[] = [
  [complete, credential(noKey)],
  [complete, credential({ username: '' })],
  [complete, credential({ username: 'a:b' })],
  [complete, credential({ password: new SecretValue('two\nlines') })],
  [
    'nothing that is printed shows the credential',
    issuing((issue) => async (signal) => ({ ...(await issue(signal)), note: `it is ${examplePassword}` })),
  ],
  [
    'nothing that is printed shows the credential',
    issuing((issue, _fresh, { logger }) => async (signal) => {
      const issued = await issue(signal);
      logger.debug('issued', { password: issued.kind === 'https' ? issued.password.reveal() : '' });
      return issued;
    }),
  ],
  [
    'many calls at once are answered, and from a cache with one request at a time',
    issuing((issue, fresh) => {
      let pending = 0;
      return async (signal) => {
        // the second of two at once does not wait for the first
        const call = pending === 0 ? issue : fresh();
        pending += 1;
        return call(signal).finally(() => (pending -= 1));
      };
    }),
  ],
  [
    'a cached credential is handed out again without a request',
    issuing((_issue, fresh) => {
      let last: { at: number; issue: Issue } = { at: -1, issue: fresh() };
      let turn = 0;
      return (signal) => {
        // what is asked for in one turn is answered together, and then forgotten
        if (last.at !== turn) last = { at: turn, issue: fresh() };
        return last.issue(signal).finally(() => (turn = last.at + 1));
      };
    }),
  ],
  [
    'a failure is not cached',
    issuing((issue) => {
      let failure: Promise<GitCredential> | undefined;
      return (signal) => {
        if (failure !== undefined) return failure;
        const issued = issue(signal);
        issued.catch(() => void (failure = issued));
        return issued;
      };
    }),
  ],
  [
    'the abort of one caller leaves the others their credential',
    issuing((issue) => {
      let shared: Promise<GitCredential> | undefined;
      return (signal) => (shared ??= issue(signal).finally(() => (shared = undefined)));
    }),
  ],
  ...Object.entries(limitedRemoteMutations).map(([check, mutate]): CommonMutation => [
    `issueCredential ${check}`,
    issuing((issue) => mutate(issue) as Issue),
  ]),
  [
    'issueCredential fails for good when it is refused',
    issuing((issue) => tellingSecrets(issue, exampleToken) as Issue),
  ],
];

const failuresOf = (change: CommonMutation[1], samples: GitAuthSamples = exampleGitAuthSamples) =>
  collectFailures((register) => testGitAuthMethod(register, change(exampleGitAuth), samples));

test('a method that keeps every promise passes every check, and for each check there is one that fails it', async () => {
  const { names, failed } = await failuresOf((contribution) => contribution);
  expect(failed).toEqual({});
  const tried = new Set([...mutations.map(([name]) => name), ...commonChecks]);
  expect(names.filter((name) => !tried.has(name))).toEqual([]);
});

test.each([...commonMutations, ...mutations])('%s', async (name, change) => {
  const { failed } = await failuresOf(change);
  expect(Object.keys(failed), JSON.stringify(failed)).toEqual([name]);
});
