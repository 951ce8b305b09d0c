import type { PushEvent } from '@danube/plugin-api';

const repository = { url: 'https://gitlab.com/gitlab-org/hello-world.git' };
const commit = (digit: string) => digit.repeat(40);

interface Push {
  readonly action?: string;
  readonly ref: string | null;
  readonly ref_type?: string;
  readonly commit_from?: string | null;
  readonly commit_to: string | null;
  readonly commit_title?: string | null;
}

function event(created_at: string, push: Push): { readonly created_at: string } {
  const push_data = { action: 'pushed', ref_type: 'branch', commit_from: null, commit_title: null, ...push };
  return { created_at, ...{ action_name: 'pushed to', author_username: 'sytses', push_data } };
}

const pushed = (event: Pick<PushEvent, 'ref' | 'commit' | 'before' | 'message'>): PushEvent => ({
  kind: 'push',
  repository: { fullName: 'gitlab-org/hello-world', cloneUrls: [repository.url] },
  actor: 'sytses',
  ...event,
});

/** A project's events as GitLab lists them, and the pushes among them since a time. */
export const recordedHistory = {
  repository,
  since: Date.parse('2026-03-02T12:00:00Z'),
  events: [
    event('2026-02-20T08:00:00.000Z', { ref: 'main', commit_to: commit('1') }),
    event('2026-03-02T11:59:59.000Z', { ref: 'main', commit_from: commit('1'), commit_to: commit('2') }),
    event('2026-03-02T12:00:00.000Z', {
      ref: 'main',
      commit_from: commit('2'),
      commit_to: commit('3'),
      commit_title: 'Add a test',
    }),
    event('2026-03-02T13:00:00.000Z', { action: 'created', ref_type: 'tag', ref: 'v1', commit_to: commit('a') }),
    event('2026-03-02T14:00:00.000Z', { action: 'created', ref_type: 'tag', ref: 'v2', commit_to: commit('b') }),
    event('2026-03-02T15:00:00.000Z', { action: 'removed', ref: 'old', commit_from: commit('1'), commit_to: null }),
    event('2026-03-02T16:00:00.000Z', { ref: null, commit_to: null }),
    event('2026-03-02T17:00:00.000Z', { action: 'created', ref_type: 'tag', ref: 'gone', commit_to: commit('c') }),
    event('2026-03-03T09:00:00.000Z', { action: 'created', ref: 'topic/x', commit_to: commit('4') }),
  ],
  // v1 is annotated; v2 was moved since
  tags: {
    v1: { target: commit('a'), commit: commit('3') },
    v2: { target: commit('d'), commit: commit('4') },
  },
  expected: [
    pushed({ ref: 'refs/heads/main', commit: commit('3'), before: commit('2'), message: 'Add a test' }),
    pushed({ ref: 'refs/tags/v1', commit: commit('3'), before: undefined, message: '' }),
    pushed({ ref: 'refs/heads/topic/x', commit: commit('4'), before: undefined, message: '' }),
  ],
};
