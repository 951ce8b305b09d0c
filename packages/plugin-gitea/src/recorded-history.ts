import type { PushEvent } from '@danube/plugin-api';

const repository = { url: 'https://gitea.example.com/jcitizen/my-repo.git' };
const commit = (digit: string) => digit.repeat(40);

function activity(created: string, op_type: string, ref_name: string, content: unknown): unknown {
  const text = content === undefined ? '' : JSON.stringify(content);
  return { created, op_type, ref_name, content: text, act_user: { login: 'jcitizen' } };
}

function pushOf(sha: string, message: string): unknown {
  return { Commits: [], HeadCommit: { Sha1: sha, Message: message }, CompareURL: '', Len: 1 };
}

const pushed = (event: Pick<PushEvent, 'ref' | 'commit' | 'message'>): PushEvent => ({
  kind: 'push',
  repository: { fullName: 'jcitizen/my-repo', cloneUrls: [repository.url] },
  before: undefined,
  actor: 'jcitizen',
  ...event,
});

/** A repository's activities as the feed lists them, and the pushes among them since a time. */
export const recordedHistory = {
  repository,
  since: Date.parse('2026-03-02T12:00:00Z'),
  activities: [
    activity('2026-03-03T10:00:00+01:00', 'commit_repo', 'refs/heads/topic/x', pushOf(commit('4'), 'Fix it\n')),
    // a new branch has an entry of its own beside that of its push
    activity('2026-03-03T10:00:00+01:00', 'commit_repo', 'refs/heads/topic/x', undefined),
    activity('2026-03-02T15:00:00Z', 'delete_branch', 'refs/heads/old', { Commits: [], HeadCommit: null }),
    activity('2026-03-02T14:00:00Z', 'create_issue', '', '1|A question'),
    activity('2026-03-02T13:00:00Z', 'push_tag', 'refs/tags/v1', pushOf(commit('3'), 'Add a test\n')),
    activity('2026-03-02T13:00:00+01:00', 'commit_repo', 'refs/heads/main', pushOf(commit('3'), 'Add a test\n')),
    activity('2026-03-02T11:59:59Z', 'commit_repo', 'refs/heads/main', pushOf(commit('2'), 'Too old\n')),
    activity('2026-02-20T08:00:00Z', 'commit_repo', 'refs/heads/main', pushOf(commit('1'), 'Much too old\n')),
  ],
  expected: [
    pushed({ ref: 'refs/heads/main', commit: commit('3'), message: 'Add a test\n' }),
    pushed({ ref: 'refs/tags/v1', commit: commit('3'), message: 'Add a test\n' }),
    pushed({ ref: 'refs/heads/topic/x', commit: commit('4'), message: 'Fix it\n' }),
  ],
};
