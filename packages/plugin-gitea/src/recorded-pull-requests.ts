import type { PullRequestEvent } from '@danube/plugin-api';
import closed from './fixtures/pull-request-closed.json' with { type: 'json' };
import edited from './fixtures/pull-request-edited.json' with { type: 'json' };
import opened from './fixtures/pull-request-opened.json' with { type: 'json' };
import reopened from './fixtures/pull-request-reopened.json' with { type: 'json' };
import synchronized from './fixtures/pull-request-synchronized.json' with { type: 'json' };
import type { RecordedEvent } from './recorded-pushes.js';

const open: PullRequestEvent = {
  kind: 'pull_request',
  repository: {
    fullName: 'jcitizen/my-repo',
    cloneUrls: ['https://gitea.example.com/jcitizen/my-repo.git', 'git@gitea.example.com:jcitizen/my-repo.git'],
  },
  action: 'opened',
  number: 1,
  title: 'Add License File',
  sourceBranch: 'feature',
  targetBranch: 'master',
  ref: 'refs/pull/1/head',
  commit: '2eba238e33607c1fa49253182e9fff42baafa1eb',
  baseCommit: '39af58f1eff02aa308e16913e887c8d50362b474',
  fromFork: false,
  actor: 'jcitizen',
};

/** `opened` with another head. */
function withHead(head: Readonly<Record<string, unknown>>): string {
  const request = opened.pull_request;
  return JSON.stringify({ ...opened, pull_request: { ...request, head: { ...request.head, ...head } } });
}

/** `opened` as Gitea sends it when its base was `feature` before. */
function retargeted(state = 'open'): string {
  const changes = { ref: { from: 'feature' } };
  return JSON.stringify({ ...opened, action: 'edited', changes, pull_request: { ...opened.pull_request, state } });
}

function pullRequest(name: string, body: string, expected: RecordedEvent['expected']): RecordedEvent {
  return { event: 'pull_request', name, body, expected };
}

/** What was sent for pull requests and other events, and what it means. */
export const recordedPullRequests: readonly RecordedEvent[] = [
  pullRequest('pull request', JSON.stringify(opened), open),
  pullRequest('push to a pull request', JSON.stringify(synchronized), { ...open, action: 'updated' }),
  pullRequest('pull request opened again', JSON.stringify(reopened), {
    ...open,
    repository: {
      fullName: 'test_it/test_ci_thing',
      cloneUrls: [
        'https://gitea.example.com/test_it/test_ci_thing.git',
        'git@gitea.example.com:test_it/test_ci_thing.git',
      ],
    },
    action: 'reopened',
    title: 'Some ned more AAAA',
    sourceBranch: '6543-patch-1',
    targetBranch: 'main',
    commit: '36b5813240a9d2daa29b05046d56a53e18f39a3e',
    baseCommit: '67012991d6c69b1c58378346fca366b864d8d1a1',
    actor: '6543',
  }),
  pullRequest('pull request of a fork', withHead({ repo: { ...opened.pull_request.head.repo, id: 7 } }), {
    ...open,
    fromFork: true,
  }),
  pullRequest('pull request of a fork that is gone', withHead({ repo: null, repo_id: -1 }), {
    ...open,
    fromFork: true,
  }),
  pullRequest('pull request of the AGit flow', withHead({ label: '', ref: 'refs/pull/1/head' }), {
    ...open,
    sourceBranch: 'pull/1/head',
    fromFork: true,
  }),
  pullRequest('pull request whose branch is gone', withHead({ ref: 'refs/pull/1/head' }), open),
  pullRequest('pull request with another base', retargeted(), { ...open, action: 'updated' }),
  pullRequest('closed pull request with another base', retargeted('closed'), {
    kind: 'ignored',
    reason: /^pull request #1: "edited" brings no new commits$/,
  }),
  pullRequest('edited pull request', JSON.stringify(edited), {
    kind: 'ignored',
    reason: /^pull request #7: "edited" brings no new commits$/,
  }),
  pullRequest('closed pull request', JSON.stringify(closed), {
    kind: 'ignored',
    reason: /^pull request #1: "closed" brings no new commits$/,
  }),
  {
    event: 'issue_comment',
    name: 'comment',
    body: JSON.stringify({ action: 'created', repository: opened.repository }),
    expected: { kind: 'ignored', reason: /^issue_comment events start no job$/ },
  },
];
