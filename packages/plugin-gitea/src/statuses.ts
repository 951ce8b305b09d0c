import type { CommitRef, CommitState, CommitStatus, CommitStatusReporter } from '@danube/plugin-api';
import { urlPath, type ForgeApi } from '@danube/plugin-api/toolkit';
import { repositoryAddress } from './api.js';

/** There is no state for "running": it is pending, and the description says more. */
const states: Readonly<Record<CommitState, string>> = {
  pending: 'pending',
  running: 'pending',
  success: 'success',
  failure: 'failure',
  error: 'error',
};

/** Commit statuses. Each report adds one, and the newest of a context counts, so that repeating one changes nothing. */
export function giteaStatuses(url: string, api: ForgeApi): CommitStatusReporter {
  return {
    async report(commit: CommitRef, status: CommitStatus, signal: AbortSignal): Promise<void> {
      const repository = repositoryAddress(url, commit.repository);
      const path = `${repository}${urlPath`/statuses/${commit.sha}`}`;
      const { context, description, targetUrl } = status;
      const body = { state: states[status.state], context, description, target_url: targetUrl };
      await api.call({ method: 'POST', path, body }, signal);
    },
  };
}
