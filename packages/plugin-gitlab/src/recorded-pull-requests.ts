import type { ForgeRepository, PullRequestEvent } from '@danube/plugin-api';
import type { RecordedDelivery } from '@danube/plugin-api/testing';
import issueComment from './fixtures/issue-comment.json' with { type: 'json' };
import edited from './fixtures/merge-request-edited.json' with { type: 'json' };
import merged from './fixtures/merge-request-merged.json' with { type: 'json' };
import opened from './fixtures/merge-request-opened.json' with { type: 'json' };
import reopened from './fixtures/merge-request-reopened.json' with { type: 'json' };
import updated from './fixtures/merge-request-updated.json' with { type: 'json' };

function repository(fullName: string): ForgeRepository {
  return { fullName, cloneUrls: [`https://gitlab.com/${fullName}.git`, `git@gitlab.com:${fullName}.git`] };
}

const open: PullRequestEvent = {
  kind: 'pull_request',
  repository: repository('demoaccount2-commits-group/test_ci_tmp'),
  action: 'opened',
  number: 3,
  title: 'Edit README.md for more text to read',
  sourceBranch: 'real6543-main-patch-42541',
  targetBranch: 'main',
  ref: 'refs/merge-requests/3/head',
  commit: '2f7670508b771e7e77839402be8b34b13787aba8',
  baseCommit: undefined,
  fromFork: false,
  actor: 'real6543',
};

/** `opened` with other attributes. */
function variant(attributes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...opened, object_attributes: { ...opened.object_attributes, ...attributes } });
}

/** `opened` as GitLab sends it when its target was `feature` before, chosen by hand or because that branch was merged. */
function retargeted(state = 'opened'): string {
  const changes = { target_branch: { previous: 'feature', current: 'main' } };
  return JSON.stringify({
    ...opened,
    object_attributes: { ...opened.object_attributes, action: 'update', state },
    changes,
  });
}

/** What GitLab sent for merge requests and other events, and what it means. */
export const recordedPullRequests: readonly Omit<RecordedDelivery, 'headers'>[] = [
  { name: 'merge request', body: JSON.stringify(opened), expected: open },
  {
    name: 'merge request of a fork',
    body: variant({ source_project_id: 1 }),
    expected: { ...open, fromFork: true },
  },
  {
    name: 'merge request of a fork that is gone',
    body: variant({ source_project_id: null }),
    expected: { ...open, fromFork: true },
  },
  {
    name: 'push to a merge request',
    body: JSON.stringify(updated),
    expected: {
      ...open,
      repository: repository('anbraten/woodpecker'),
      action: 'updated',
      title: 'Update client.go 🎉',
      sourceBranch: 'anbraten-main-patch-05373',
      commit: 'c136499ec574e1034b24c5d306de9acda3005367',
      actor: 'anbraten',
    },
  },
  {
    name: 'merge request opened again',
    body: JSON.stringify(reopened),
    expected: {
      ...open,
      action: 'reopened',
      number: 1,
      title: 'Some ned more AAAA',
      sourceBranch: '6543-patch-1',
      ref: 'refs/merge-requests/1/head',
      commit: '36b5813240a9d2daa29b05046d56a53e18f39a3e',
    },
  },
  { name: 'merge request with another target', body: retargeted(), expected: { ...open, action: 'updated' } },
  {
    name: 'closed merge request with another target',
    body: retargeted('closed'),
    expected: { kind: 'ignored', reason: /^merge request !3 was edited without new commits$/ },
  },
  {
    name: 'edited merge request',
    body: JSON.stringify(edited),
    expected: { kind: 'ignored', reason: /^merge request !3 was edited without new commits$/ },
  },
  {
    name: 'merged merge request',
    body: JSON.stringify(merged),
    expected: { kind: 'ignored', reason: /^merge request !4: "merge" brings no new commits$/ },
  },
  {
    name: 'merge request without commits',
    body: variant({ last_commit: null }),
    expected: { kind: 'ignored', reason: /^merge request !3 has no commit$/ },
  },
  {
    name: 'comment',
    body: JSON.stringify(issueComment),
    expected: { kind: 'ignored', reason: /^note events start no job$/ },
  },
];
