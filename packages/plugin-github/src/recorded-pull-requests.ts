import type { PullRequestEvent } from '@danube/plugin-api';
import closed from './fixtures/pull-request-closed.json' with { type: 'json' };
import opened from './fixtures/pull-request-opened.json' with { type: 'json' };
import reopened from './fixtures/pull-request-reopened.json' with { type: 'json' };
import synchronized from './fixtures/pull-request-synchronized.json' with { type: 'json' };
import type { RecordedEvent } from './recorded-event.js';

const open: PullRequestEvent = {
  kind: 'pull_request',
  repository: {
    fullName: 'Codertocat/Hello-World',
    cloneUrls: ['https://github.com/Codertocat/Hello-World.git', 'git@github.com:Codertocat/Hello-World.git'],
  },
  action: 'opened',
  number: 2,
  title: 'Update the README with new information.',
  sourceBranch: 'changes',
  targetBranch: 'master',
  ref: 'refs/pull/2/head',
  commit: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
  baseCommit: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
  fromFork: false,
  actor: 'Codertocat',
};

/** `opened` with another repository that the commits come from. */
function withHeadRepository(repo: unknown): unknown {
  const request = opened.pull_request;
  return { ...opened, pull_request: { ...request, head: { ...request.head, repo } } };
}

/** `opened` as GitHub sends it when its base was `from` before, chosen by hand or because that branch was merged and deleted. */
function retargeted(state = 'open'): unknown {
  const request = { ...opened.pull_request, state };
  const changes = { base: { ref: { from: 'feature' }, sha: { from: 'c3d0be41ecbe669545ee3e94d31ed9a4bc91ee3c' } } };
  return { ...opened, action: 'edited', changes, pull_request: request };
}

function pullRequest(name: string, body: unknown, expected: RecordedEvent['expected']): RecordedEvent {
  return { event: 'pull_request', name, body: JSON.stringify(body), expected };
}

/** What was sent for pull requests, and what it means. */
export const recordedPullRequests: readonly RecordedEvent[] = [
  pullRequest('pull request', opened, open),
  pullRequest('push to a pull request', synchronized, { ...open, action: 'updated' }),
  pullRequest('pull request opened again', reopened, { ...open, action: 'reopened' }),
  pullRequest('pull request of a fork', withHeadRepository({ ...opened.pull_request.head.repo, id: 7 }), {
    ...open,
    fromFork: true,
  }),
  pullRequest('pull request of a fork that is gone', withHeadRepository(null), { ...open, fromFork: true }),
  pullRequest('pull request with another base', retargeted(), { ...open, action: 'updated' }),
  pullRequest('closed pull request with another base', retargeted('closed'), {
    kind: 'ignored',
    reason: /^pull request #2: "edited" brings no new commits$/,
  }),
  ...['closed', 'labeled', 'edited', 'ready_for_review', 'converted_to_draft'].map((action) =>
    pullRequest(
      `pull request: ${action}`,
      { ...closed, action },
      {
        kind: 'ignored',
        reason: new RegExp(`^pull request #2: "${action}" brings no new commits$`),
      },
    ),
  ),
];
