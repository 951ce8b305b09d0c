import {
  isDanubeError,
  type CommitRef,
  type CommitState,
  type CommitStatus,
  type CommitStatusReporter,
} from '@danube/plugin-api';
import { servedPath, urlPath, type ForgeApi } from '@danube/plugin-api/toolkit';

const states: Readonly<Record<CommitState, string>> = {
  pending: 'pending',
  running: 'running',
  success: 'success',
  failure: 'failed',
  error: 'failed',
};

/** Commit statuses, which GitLab shows as an external pipeline of the commit. */
export function gitlabStatuses(url: string, api: ForgeApi): CommitStatusReporter {
  return {
    async report(commit: CommitRef, status: CommitStatus, signal: AbortSignal): Promise<void> {
      const path = urlPath`/projects/${servedPath(url, commit.repository)}/statuses/${commit.sha}`;
      const state = states[status.state];
      const body = { state, name: status.context, description: status.description, target_url: status.targetUrl };
      try {
        await api.call({ method: 'POST', path, body }, signal);
      } catch (error) {
        if (!isAlready(error, state)) throw error;
      }
    },
  };
}

/** GitLab refuses to repeat a state: `Cannot transition status via :run from :running`. That is what was asked for. */
function isAlready(error: unknown, state: string): boolean {
  return (
    isDanubeError(error) &&
    error.code === 'forge_refused' &&
    new RegExp(`Cannot transition status via :\\w+ from :${state}\\b`).test(error.message)
  );
}
