import { isDanubeError, type PushEvent, type PushHistory, type RepositoryRef } from '@danube/plugin-api';
import { urlPath, type JsonObject } from '@danube/plugin-api/toolkit';
import type { GithubApi } from '../api.js';
import { repositoryName, type RepositoryName } from '../repository-name.js';
import { commitOf } from './commit-of.js';
import { listRefEvents } from './list-events.js';
import type { RefEvent } from './ref-events.js';

// of the newest refs; each costs a request
const mostLookUps = 50;

/** Pushes from the events of a repository, which GitHub keeps for some time. */
export function githubHistory(url: string, api: GithubApi): PushHistory {
  return {
    async recentPushes(repository: RepositoryRef, since: number, signal: AbortSignal): Promise<readonly PushEvent[]> {
      const name = repositoryName(url, repository);
      const events = await listRefEvents(api, name, since, signal);
      const toPush = pushFor(repository, name);
      const changes = events.map((event, index) => ({ event, target: commitOf(event, events.slice(index + 1)) }));
      const lookedUp = new Set(changes.filter(({ target }) => target.kind === 'where it is now').slice(-mostLookUps));
      const pushes: PushEvent[] = [];
      for (const change of changes) {
        const { event, target } = change;
        if (target.kind === 'known') pushes.push(toPush(event, target.commit, event.message));
        if (!lookedUp.has(change)) continue;
        const commit = await commitAt(api, name, event.ref, signal);
        if (commit === undefined) continue;
        const push = toPush(event, commit.commit('sha'), messageOf(commit));
        // a new branch may have its creation told after its push
        if (!pushes.some((other) => other.ref === push.ref && other.commit === push.commit)) pushes.push(push);
      }
      return pushes;
    },
  };
}

/** Undefined where the ref is gone. */
async function commitAt(
  api: GithubApi,
  { owner, name }: RepositoryName,
  ref: string,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const path = urlPath`/repos/${owner}/${name}/commits/${ref.replace(/^refs\//, '')}`;
  try {
    return (await api.call({ owner, name }, { method: 'GET', path }, signal)).object();
  } catch (error) {
    if (isDanubeError(error) && ['forge_not_found', 'forge_refused'].includes(error.code)) return undefined;
    throw error;
  }
}

function messageOf(commit: JsonObject): string {
  return commit.optionalObject('commit')?.optionalText('message') ?? '';
}

function pushFor(repository: RepositoryRef, { owner, name }: RepositoryName) {
  return ({ ref, before, actor }: RefEvent, commit: string, message: string): PushEvent => ({
    kind: 'push',
    repository: { fullName: `${owner}/${name}`, cloneUrls: [repository.url] },
    ref,
    commit,
    before,
    message,
    actor,
  });
}
