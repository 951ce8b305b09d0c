import type { CommitRef, CommitState, CommitStatus, CommitStatusReporter } from '@danube/plugin-api';
import { urlPath } from '@danube/plugin-api/toolkit';
import type { GithubApi } from './api.js';
import { repositoryName } from './repository-name.js';

/** There is no state for "running": it is pending, and the description says more. */
const states: Readonly<Record<CommitState, string>> = {
  pending: 'pending',
  running: 'pending',
  success: 'success',
  failure: 'failure',
  error: 'error',
};

/** Commit statuses. Each report adds one, and the newest of a context counts, so that repeating one changes nothing. */
export function githubStatuses(url: string, api: GithubApi): CommitStatusReporter {
  return {
    async report(commit: CommitRef, status: CommitStatus, signal: AbortSignal): Promise<void> {
      const repository = repositoryName(url, commit.repository);
      const path = urlPath`/repos/${repository.owner}/${repository.name}/statuses/${commit.sha}`;
      const { context, targetUrl } = status;
      const description = withoutFourByteCharacters(status.description);
      const body = { state: states[status.state], context, description, target_url: targetUrl };
      await api.call(repository, { method: 'POST', path, body }, signal);
    },
  };
}

/** GitHub refuses a whole status for one emoji in its description. */
function withoutFourByteCharacters(text: string): string {
  return text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
