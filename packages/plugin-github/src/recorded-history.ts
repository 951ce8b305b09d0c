import type { PushEvent } from '@danube/plugin-api';

const repository = { url: 'https://github.com/Codertocat/Hello-World.git' };
const commit = (digit: string) => digit.repeat(40);

function event(created_at: string, type: string, payload: unknown): unknown {
  return { id: '1', type, created_at, actor: { login: 'Codertocat' }, payload };
}

const pushed = (changes: Pick<PushEvent, 'ref' | 'commit'> & Partial<PushEvent>): PushEvent => ({
  kind: 'push',
  repository: { fullName: 'Codertocat/Hello-World', cloneUrls: [repository.url] },
  before: undefined,
  message: '',
  actor: 'Codertocat',
  ...changes,
});

/** A repository's events as GitHub lists them, and the pushes among them since a time. */
export const recordedHistory = {
  repository,
  since: Date.parse('2026-03-02T12:00:00Z'),
  events: [
    event('2026-03-03T10:00:00Z', 'CreateEvent', { ref: 'v1', ref_type: 'tag' }),
    event('2026-03-03T09:00:00Z', 'DeleteEvent', { ref: 'gone', ref_type: 'branch' }),
    event('2026-03-02T16:00:00Z', 'PushEvent', {
      ref: 'refs/heads/topic/x',
      head: commit('5'),
      before: commit('4'),
      commits: [{ sha: commit('5'), message: 'Fix it' }],
    }),
    event('2026-03-02T15:00:00Z', 'CreateEvent', { ref: 'topic/x', ref_type: 'branch' }),
    event('2026-03-02T14:00:00Z', 'CreateEvent', { ref: 'gone', ref_type: 'branch' }),
    event('2026-03-02T13:30:00Z', 'IssuesEvent', { action: 'opened' }),
    event('2026-03-02T13:00:00Z', 'PushEvent', { ref: 'refs/heads/master', head: commit('3'), before: commit('2') }),
    event('2026-03-02T11:59:59Z', 'PushEvent', { ref: 'refs/heads/master', head: commit('2'), before: commit('1') }),
  ],
  commits: { 'tags/v1': { sha: commit('3'), commit: { message: 'Add a test' } } },
  expected: [
    pushed({ ref: 'refs/heads/master', commit: commit('3'), before: commit('2') }),
    pushed({ ref: 'refs/heads/topic/x', commit: commit('4') }),
    pushed({ ref: 'refs/heads/topic/x', commit: commit('5'), before: commit('4'), message: 'Fix it' }),
    pushed({ ref: 'refs/tags/v1', commit: commit('3'), message: 'Add a test' }),
  ],
};
