import type { ForgeRepository, PushEvent } from '@danube/plugin-api';
import type { RecordedDelivery } from '@danube/plugin-api/testing';
import branchCreated from './fixtures/branch-created.json' with { type: 'json' };
import createTag from './fixtures/create-tag.json' with { type: 'json' };
import deleteBranch from './fixtures/delete-branch.json' with { type: 'json' };
import pushOld from './fixtures/push-old.json' with { type: 'json' };
import push from './fixtures/push.json' with { type: 'json' };

/** A delivery before the headers of a flavour are put on. */
export interface RecordedEvent {
  readonly event: string;
  readonly name: string;
  readonly body: string;
  readonly expected: RecordedDelivery['expected'];
}

const local: ForgeRepository = {
  fullName: 'Test-CI/multi-line-secrets',
  cloneUrls: [
    'https://gitea.example.com/Test-CI/multi-line-secrets.git',
    'ssh://git@gitea.example.com:2200/Test-CI/multi-line-secrets.git',
  ],
};
const pushed: PushEvent = {
  kind: 'push',
  repository: local,
  ref: 'refs/heads/main',
  commit: '29be01c073851cf0db0c6a466e396b725a670453',
  before: '6efcf5b7c98f3e7a491675164b7a2e7acac27941',
  message: 'add some text\n',
  actor: 'test-user',
};
const tag = { ...push, ref: 'refs/tags/v1', before: '0'.repeat(40), commits: [] };

/** What was sent for branches and tags, and what it means. */
export const recordedPushes: readonly RecordedEvent[] = [
  { event: 'push', name: 'push of several commits', body: JSON.stringify(push), expected: pushed },
  {
    event: 'push',
    name: 'push from a version without head_commit',
    body: JSON.stringify(pushOld),
    expected: {
      ...pushed,
      repository: {
        fullName: 'gogits/hello-world',
        cloneUrls: ['https://gitea.example.com/gogits/hello-world.git', 'git@gitea.example.com:gogits/hello-world.git'],
      },
      ref: 'refs/heads/master',
      commit: '4522cbcefc20728a5b72b3a86af35e608622c514',
      before: '9836a96a253cce25d17988fcf41b8c4205cf779f',
      message: 'Updated readme\n',
      actor: 'unknwon',
    },
  },
  {
    event: 'push',
    name: 'new branch at an old commit',
    body: JSON.stringify(branchCreated),
    expected: {
      ...pushed,
      repository: {
        fullName: 'meisam/woodpecktester',
        cloneUrls: [
          'https://gitea.example.com/meisam/woodpecktester.git',
          'git@gitea.example.com:meisam/woodpecktester.git',
        ],
      },
      ref: 'refs/heads/fdsafdsa',
      commit: '28c3613ae62640216bea5e7dc71aa65356e4298b',
      before: undefined,
      message: "Delete '.woodpecker/.check.yml'\n",
      actor: '6543',
    },
  },
  {
    event: 'push',
    name: 'tag',
    body: JSON.stringify(tag),
    expected: { ...pushed, ref: 'refs/tags/v1', before: undefined },
  },
  {
    event: 'push',
    name: 'annotated tag',
    body: JSON.stringify({ ...tag, after: 'fabed3d94cd03e6c2b7958afa9569c18a24d301f' }),
    expected: { ...pushed, ref: 'refs/tags/v1', before: undefined },
  },
  {
    event: 'push',
    name: 'deleted tag',
    body: JSON.stringify({ ...push, ref: 'refs/tags/v1', after: '0'.repeat(40), head_commit: null, commits: [] }),
    expected: { kind: 'ignored', reason: /^refs\/tags\/v1 was deleted$/ },
  },
  {
    event: 'push',
    name: 'push of notes',
    body: JSON.stringify({ ...push, ref: 'refs/notes/commits' }),
    expected: { kind: 'ignored', reason: /^refs\/notes\/commits is neither a branch nor a tag$/ },
  },
  {
    event: 'push',
    name: 'test delivery',
    body: JSON.stringify({ ...push, before: push.after }),
    expected: { kind: 'ignored', reason: /^a test delivery: nothing was pushed$/ },
  },
  {
    event: 'create',
    name: 'tag as an event of its own',
    body: JSON.stringify(createTag),
    expected: { kind: 'ignored', reason: /^create events repeat what a push event says$/ },
  },
  {
    event: 'delete',
    name: 'deleted branch',
    body: JSON.stringify(deleteBranch),
    expected: { kind: 'ignored', reason: /^delete events/ },
  },
];
