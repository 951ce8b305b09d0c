import type { CommitRef, CommitStatus, Forge, PushEvent } from '@danube/plugin-api';
import { apiToken } from './example-forge-samples.js';
import type { ForgeMutation } from './forge-signature-mutations.js';
import { limitedRemoteMutations, tellingSecrets, type Call } from './remote-mutations.js';

type Report = (commit: CommitRef, status: CommitStatus, signal: AbortSignal) => Promise<void>;

const reporting =
  (change: (report: Report) => Report): ForgeMutation[1] =>
  ({ statuses }) => ({
    statuses: {
      report: change((commit, status, signal) => statuses?.report(commit, status, signal) ?? Promise.resolve()),
    },
  });

const remembering =
  (
    change: (pushes: readonly PushEvent[], since: number, first: readonly PushEvent[]) => readonly PushEvent[],
  ): ForgeMutation[1] =>
  ({ history }) => ({
    history: {
      recentPushes: async (repository, since, signal) => {
        const pushes = (await history?.recentPushes(repository, since, signal)) ?? [];
        return change(pushes, since, (await history?.recentPushes(repository, 0, signal)) ?? []);
      },
    },
  });

/** The calls of both facets, made in every wrong way. */
function* remote(): Generator<ForgeMutation> {
  const ways: readonly (readonly [string, (call: Call) => Call])[] = [
    ...Object.entries(limitedRemoteMutations),
    ['fails for good when it is refused', (call) => tellingSecrets(call, apiToken)],
  ];
  for (const [check, mutate] of ways) {
    yield [
      `statuses.report ${check}`,
      reporting(
        (report) => (commit, status, signal) =>
          mutate((given) => report(commit, status, given))(signal) as Promise<void>,
      ),
    ];
    yield [
      `history.recentPushes ${check}`,
      ({ history }: Forge) => ({
        history: {
          recentPushes: (repository, since, signal) =>
            mutate((given) => history?.recentPushes(repository, since, given) ?? Promise.resolve([]))(
              signal,
            ) as Promise<PushEvent[]>,
        },
      }),
    ];
  }
}

export const facetMutations: readonly ForgeMutation[] = [
  [
    'statuses: every state is shown, and a verdict is told from another',
    reporting(
      (report) => (commit, status, signal) =>
        report(commit, { ...status, state: status.state === 'error' ? 'success' : status.state }, signal),
    ),
  ],
  [
    'statuses: the same status may be reported again',
    reporting((report) => {
      const seen = new Set<string>();
      return async (commit, status, signal) => {
        const key = `${status.context} ${status.state} ${status.description}`;
        if (seen.has(key)) throw new Error('it is there already');
        seen.add(key);
        await report(commit, status, signal);
      };
    }),
  ],
  [
    'statuses: a newer status replaces that of the same context only',
    reporting((report) => async (commit, status, signal) => {
      await report(commit, status, signal);
      await report(commit, { ...status, context: 'danube/other' }, signal);
    }),
  ],
  [
    'statuses: a long description and a missing page are no problem',
    reporting((report) => async (commit, status, signal) => {
      new URL(String(status.targetUrl));
      await report(commit, status, signal);
    }),
  ],
  ['history: the pushes since a time come oldest first', remembering((pushes) => [...pushes].reverse())],
  [
    'history: there are no pushes since a time to come',
    remembering((pushes, since, first) => (since === 0 ? pushes : first)),
  ],
  ...remote(),
];
