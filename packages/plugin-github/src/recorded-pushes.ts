import type { PushEvent } from '@danube/plugin-api';
import branchCreated from './fixtures/branch-created.json' with { type: 'json' };
import createTag from './fixtures/create-tag.json' with { type: 'json' };
import push from './fixtures/push.json' with { type: 'json' };
import tagCreated from './fixtures/tag-created.json' with { type: 'json' };
import tagDeleted from './fixtures/tag-deleted.json' with { type: 'json' };
import type { RecordedEvent } from './recorded-event.js';

const pushed: PushEvent = {
  kind: 'push',
  repository: {
    fullName: 'Codertocat/Hello-World',
    cloneUrls: ['https://github.com/Codertocat/Hello-World.git', 'git@github.com:Codertocat/Hello-World.git'],
  },
  ref: 'refs/heads/master',
  commit: '199eddf46df50de8d02e99bf1c5fdb4101338224',
  before: 'a10867b14bb761a232cd80139fbd4c0d33264240',
  message: 'Update README',
  actor: 'Codertocat',
};
const tagged: PushEvent = {
  ...pushed,
  ref: 'refs/tags/simple-tag',
  commit: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
  before: undefined,
  message: 'Adding a .gitignore file',
};
const umlaut = { ...push, head_commit: { ...push.head_commit, message: 'Größe + Gewicht & 100 %\n\nAnother line' } };

function pushEvent(name: string, body: unknown, expected: RecordedEvent['expected']): RecordedEvent {
  return { event: 'push', name, body: JSON.stringify(body), expected };
}

/** What was sent for branches and tags, and what it means. */
export const recordedPushes: readonly RecordedEvent[] = [
  pushEvent('push', push, pushed),
  pushEvent('new branch', branchCreated, {
    ...tagged,
    ref: 'refs/heads/master',
    message: 'Initial commit',
  }),
  pushEvent('tag', tagCreated, tagged),
  pushEvent('annotated tag', { ...tagCreated, after: 'fabed3d94cd03e6c2b7958afa9569c18a24d301f' }, tagged),
  pushEvent(
    'tag of something that is no commit',
    { ...tagCreated, head_commit: null },
    {
      kind: 'ignored',
      reason: /^refs\/tags\/simple-tag points at no commit$/,
    },
  ),
  pushEvent(
    'push of notes',
    { ...push, ref: 'refs/notes/commits' },
    {
      kind: 'ignored',
      reason: /^refs\/notes\/commits is neither a branch nor a tag$/,
    },
  ),
  pushEvent('deleted tag', tagDeleted, { kind: 'ignored', reason: /^refs\/tags\/simple-tag was deleted$/ }),
  pushEvent(
    'deleted branch',
    { ...tagDeleted, ref: 'refs/heads/old' },
    {
      kind: 'ignored',
      reason: /^refs\/heads\/old was deleted$/,
    },
  ),
  {
    event: 'push',
    name: 'push as a form',
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({ payload: JSON.stringify(umlaut) }).toString(),
    expected: { ...pushed, message: 'Größe + Gewicht & 100 %\n\nAnother line' },
  },
  {
    event: 'create',
    name: 'tag as an event of its own',
    body: JSON.stringify(createTag),
    expected: { kind: 'ignored', reason: /^GitHub event "create" starts no jobs: the event "push" says the same$/ },
  },
];
