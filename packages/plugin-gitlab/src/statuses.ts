import {
  DanubeError,
  isDanubeError,
  type CommitRef,
  type CommitState,
  type CommitStatus,
  type CommitStatusReporter,
} from '@danube/plugin-api';
import { servedPath, urlPath, type ForgeApi } from '@danube/plugin-api/toolkit';
import { placeOf, unfinishedPlaces } from './status-places.js';

const states: Readonly<Record<CommitState, string>> = {
  pending: 'pending',
  running: 'running',
  success: 'success',
  failure: 'failed',
  error: 'failed',
};

/** Commit statuses, which GitLab shows as jobs of an external pipeline, or of one that it has for the commit itself. */
export function gitlabStatuses(url: string, api: ForgeApi): CommitStatusReporter {
  return {
    async report(commit: CommitRef, status: CommitStatus, signal: AbortSignal): Promise<void> {
      const project = urlPath`/projects/${servedPath(url, commit.repository)}`;
      const path = `${project}${urlPath`/statuses/${commit.sha}`}`;
      const state = states[status.state];
      const body = { state, name: status.context, description: status.description, target_url: status.targetUrl };
      const begun = isEnd(status.state) ? await unfinishedPlaces(api, project, commit, status.context, signal) : [];
      for (const place of begun.length === 0 ? [placeOf(commit)] : begun) {
        await set(api, path, { ...body, ...place }, signal);
      }
    },
  };
}

function isEnd(state: CommitState): boolean {
  return state !== 'pending' && state !== 'running';
}

async function set(api: ForgeApi, path: string, body: { readonly state: string }, signal: AbortSignal): Promise<void> {
  try {
    await api.call({ method: 'POST', path, body }, signal);
  } catch (error) {
    if (isAlready(error, body.state)) return;
    throw isDanubeError(error) ? meantBy(error) : error;
  }
}

function meantBy(error: DanubeError): DanubeError {
  const { category, message } = error;
  // it changes one status of a commit at a time, and this request waited too long for its turn
  if (category === 'conflict') return new DanubeError('forge_unavailable', message, { category: 'unavailable' });
  // nobody can repair that, unlike a project that the token may not see
  if (category === 'not_found' && message.includes('References for commit')) {
    const why =
      'GitLab takes statuses only for commits that a branch of the project holds, not for merge requests of forks';
    return new DanubeError('forge_refused', `${why} (${message})`, { category: 'invalid' });
  }
  return error;
}

/** GitLab refuses to repeat a state: `Cannot transition status via :run from :running`. That is what was asked for. */
function isAlready(error: unknown, state: string): boolean {
  return (
    isDanubeError(error) &&
    error.code === 'forge_refused' &&
    new RegExp(`Cannot transition status via :\\w+ from :${state}\\b`).test(error.message)
  );
}
