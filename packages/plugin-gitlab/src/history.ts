import { isDanubeError, type PushEvent, type PushHistory, type RepositoryRef } from '@danube/plugin-api';
import { servedPath, urlPath, type ForgeApi, type JsonObject } from '@danube/plugin-api/toolkit';

const pageSize = 100;
const mostPages = 50;
const day = 24 * 60 * 60 * 1000;

/**
 * Pushes from the project's events, which GitLab keeps for years. Pushes of many refs at once are one event without names,
 * and cannot be told here.
 */
export function gitlabHistory(url: string, api: ForgeApi): PushHistory {
  return {
    async recentPushes(repository: RepositoryRef, since: number, signal: AbortSignal): Promise<readonly PushEvent[]> {
      const project = servedPath(url, repository);
      const pushes: PushEvent[] = [];
      for await (const event of eventsOf(api, project, since, signal)) {
        const push = event.object('push_data');
        const commit = await commitOf(api, project, push, signal);
        if (commit !== undefined) pushes.push(toPush(repository, project, event, push, commit));
      }
      return pushes;
    },
  };
}

/** Oldest first. GitLab filters by whole days of its own time zone and leaves out the named one: two days are enough. */
async function* eventsOf(
  api: ForgeApi,
  project: string,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<JsonObject> {
  const after = new Date(since - 2 * day).toISOString().slice(0, 10);
  const events = urlPath`/projects/${project}/events`;
  for (let page: string | null = '1', pages = 0; page && pages < mostPages; pages += 1) {
    const query = new URLSearchParams({ action: 'pushed', after, sort: 'asc', per_page: String(pageSize), page });
    const answer = await api.call({ method: 'GET', path: `${events}?${query.toString()}` }, signal);
    yield* answer.list().filter((event) => Date.parse(event.text('created_at')) >= since);
    page = answer.headers.get('x-next-page');
  }
}

/** Undefined where the ref was removed, or its event names neither ref nor commit. */
async function commitOf(
  api: ForgeApi,
  project: string,
  push: JsonObject,
  signal: AbortSignal,
): Promise<string | undefined> {
  const commit = push.optionalCommit('commit_to');
  const ref = push.optionalText('ref');
  if (push.text('action') === 'removed' || commit === undefined || ref === undefined) return undefined;
  return push.text('ref_type') === 'tag' ? commitOfTag(api, project, ref, commit, signal) : commit;
}

/** An event names what a tag points at, which of an annotated one is no commit. A tag that moved on has a later event. */
async function commitOfTag(
  api: ForgeApi,
  project: string,
  name: string,
  target: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const path = urlPath`/projects/${project}/repository/tags/${name}`;
  try {
    const tag = (await api.call({ method: 'GET', path }, signal)).object();
    return tag.text('target') === target ? tag.object('commit').commit('id') : undefined;
  } catch (error) {
    if (isDanubeError(error) && error.code === 'forge_not_found') return undefined;
    throw error;
  }
}

function toPush(
  repository: RepositoryRef,
  project: string,
  event: JsonObject,
  push: JsonObject,
  commit: string,
): PushEvent {
  return {
    kind: 'push',
    repository: { fullName: project, cloneUrls: [repository.url] },
    ref: `refs/${push.text('ref_type') === 'tag' ? 'tags' : 'heads'}/${push.text('ref')}`,
    commit,
    before: push.optionalCommit('commit_from'),
    message: push.optionalText('commit_title') ?? '',
    actor: event.optionalText('author_username') ?? '',
  };
}
