import { DanubeError, type PushEvent, type PushHistory, type RepositoryRef } from '@danube/plugin-api';
import { JsonObject, servedPath, type ForgeApi } from '@danube/plugin-api/toolkit';
import { repositoryAddress } from './api.js';

const pageSize = 50;
const mostPages = 50;
const pushes = new Set(['commit_repo', 'push_tag']);

/**
 * Pushes from the repository's activity feed (Gitea 1.20, Forgejo 1.20 and later). It holds each push with its ref and its
 * newest commit, but not the commit before.
 */
export function giteaHistory(url: string, api: ForgeApi): PushHistory {
  return {
    async recentPushes(repository: RepositoryRef, since: number, signal: AbortSignal): Promise<readonly PushEvent[]> {
      const name = servedPath(url, repository);
      const address = repositoryAddress(url, repository);
      const found: PushEvent[] = [];
      for await (const activity of activitiesOf(api, address, since, signal)) {
        const push = toPush(repository, name, activity);
        if (push !== undefined) found.push(push);
      }
      return found.reverse();
    },
  };
}

/** Newest first, as the feed is. */
async function* activitiesOf(
  api: ForgeApi,
  address: string,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<JsonObject> {
  for (let page = 1; page <= mostPages; page += 1) {
    const path = `${address}/activities/feeds?limit=${pageSize}&page=${page}`;
    const activities = (await api.call({ method: 'GET', path }, signal)).list();
    for (const activity of activities) {
      if (Date.parse(activity.text('created')) < since) return;
      yield activity;
    }
    if (activities.length === 0) return;
  }
}

/** Undefined for other activities, and for the entry without content that a new branch has besides its push. */
function toPush(repository: RepositoryRef, name: string, activity: JsonObject): PushEvent | undefined {
  const content = activity.optionalText('content') ?? '';
  if (!pushes.has(activity.text('op_type')) || content === '') return undefined;
  const commit = contentOf(content).optionalObject('HeadCommit');
  if (commit === undefined) return undefined;
  return {
    kind: 'push',
    repository: { fullName: name, cloneUrls: [repository.url] },
    ref: activity.fullRef('ref_name'),
    commit: commit.commit('Sha1'),
    before: undefined,
    message: commit.optionalText('Message') ?? '',
    actor: activity.optionalObject('act_user')?.optionalText('login') ?? '',
  };
}

/** The feed holds JSON within a text. */
function contentOf(text: string): JsonObject {
  try {
    return JsonObject.of(JSON.parse(text), contentInvalid);
  } catch (error) {
    throw error instanceof SyntaxError ? contentInvalid('it is not JSON') : error;
  }
}

function contentInvalid(problem: string): DanubeError {
  const message = `the content of a push in the activity feed is wrong: ${problem}`;
  return new DanubeError('forge_answer_invalid', message, { category: 'unavailable' });
}
