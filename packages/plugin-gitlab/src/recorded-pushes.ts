import type { ForgeRepository, PushEvent } from '@danube/plugin-api';
import type { RecordedDelivery } from '@danube/plugin-api/testing';
import branchCreated from './fixtures/branch-created.json' with { type: 'json' };
import branchDeleted from './fixtures/branch-deleted.json' with { type: 'json' };
import pushSubgroup from './fixtures/push-subgroup.json' with { type: 'json' };
import push from './fixtures/push.json' with { type: 'json' };
import tagAnnotated from './fixtures/tag-annotated.json' with { type: 'json' };
import tagCreated from './fixtures/tag-created.json' with { type: 'json' };
import tagDeleted from './fixtures/tag-deleted.json' with { type: 'json' };

const hello = repository('gitlab-org/hello-world');
const deep = repository('group1/group2/group3/grp2repo');
const woodpecker = repository('test/woodpecker');

function repository(fullName: string): ForgeRepository {
  return { fullName, cloneUrls: [`https://gitlab.com/${fullName}.git`, `git@gitlab.com:${fullName}.git`] };
}

function pushed(event: Omit<PushEvent, 'kind'>): PushEvent {
  return { kind: 'push', ...event };
}

/** What GitLab sent for branches and tags, and what it means. */
export const recordedPushes: readonly Omit<RecordedDelivery, 'headers'>[] = [
  {
    name: 'push to a branch',
    body: JSON.stringify(push),
    expected: pushed({
      repository: woodpecker,
      ref: 'refs/heads/main',
      commit: '16862e368d8ab812e48833b741dad720d6e2cb7f',
      before: 'ffe8eb4f91d1fe6bc49f1e610e50e4b5767f0104',
      message: 'Update main.go',
      actor: 'test',
    }),
  },
  {
    name: 'push to a project within groups',
    body: JSON.stringify(pushSubgroup),
    expected: pushed({
      repository: deep,
      ref: 'refs/heads/master',
      commit: '2adc9465c4edfc33834e173fe89436a7cb899a1d',
      before: '9217710ce8c7e1eae7a5d1c45f6e43e1c769f866',
      message: 'added readme\n',
      actor: 'sytses',
    }),
  },
  {
    name: 'new branch',
    body: JSON.stringify(branchCreated),
    expected: pushed({
      repository: hello,
      ref: 'refs/heads/feature',
      commit: 'c4c79227ed610f1151f05bbc5be33b4f340d39c8',
      before: undefined,
      message: 'update readme\n',
      actor: 'sytses',
    }),
  },
  {
    name: 'push of notes',
    body: JSON.stringify({ ...push, ref: 'refs/notes/commits' }),
    expected: { kind: 'ignored', reason: /^refs\/notes\/commits is neither a branch nor a tag$/ },
  },
  {
    name: 'push that asks for no pipeline',
    body: JSON.stringify({ ...push, push_options: { ci: { skip: true } } }),
    expected: { kind: 'ignored', reason: /^refs\/heads\/main was pushed with -o ci\.skip$/ },
  },
  {
    name: 'deleted branch',
    body: JSON.stringify(branchDeleted),
    expected: { kind: 'ignored', reason: /^refs\/heads\/feature was deleted$/ },
  },
  {
    name: 'tag',
    body: JSON.stringify(tagCreated),
    expected: pushed({
      repository: hello,
      ref: 'refs/tags/v1.0.0',
      commit: '2adc9465c4edfc33834e173fe89436a7cb899a1d',
      before: undefined,
      message: 'added readme\n',
      actor: 'sytses',
    }),
  },
  {
    name: 'annotated tag',
    body: JSON.stringify(tagAnnotated),
    expected: pushed({
      repository: woodpecker,
      ref: 'refs/tags/v22',
      commit: '16862e368d8ab812e48833b741dad720d6e2cb7f',
      before: undefined,
      message: 'Update main.go',
      actor: 'test',
    }),
  },
  {
    name: 'deleted tag',
    body: JSON.stringify(tagDeleted),
    expected: { kind: 'ignored', reason: /^refs\/tags\/v1\.0\.0 was deleted$/ },
  },
  {
    name: 'tag of something that is no commit',
    body: JSON.stringify({ ...tagAnnotated, checkout_sha: null }),
    expected: { kind: 'ignored', reason: /^refs\/tags\/v22 points at no commit$/ },
  },
  {
    name: 'new branch without commits of its own',
    body: JSON.stringify({ ...branchCreated, commits: [], total_commits_count: 0 }),
    expected: pushed({
      repository: hello,
      ref: 'refs/heads/feature',
      commit: 'c4c79227ed610f1151f05bbc5be33b4f340d39c8',
      before: undefined,
      message: '',
      actor: 'sytses',
    }),
  },
];
