import { urlPath, type JsonObject } from '@danube/plugin-api/toolkit';
import type { GithubApi } from '../api.js';
import type { RepositoryName } from '../repository-name.js';
import { timeOf, toRefEvent, type RefEvent } from './ref-events.js';

const pageSize = 100;
// GitHub keeps 300 events
const mostPages = 3;

/** What happened to the branches and tags of a repository since a time, oldest first, as far as GitHub remembers. */
export async function listRefEvents(
  api: GithubApi,
  repository: RepositoryName,
  since: number,
  signal: AbortSignal,
): Promise<readonly RefEvent[]> {
  const found: RefEvent[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const address = urlPath`/repos/${repository.owner}/${repository.name}/events`;
    const path = `${address}?per_page=${pageSize}&page=${page}`;
    const answer = await api.call(repository, { method: 'GET', path }, signal);
    const events = answer.list();
    found.push(...refEventsSince(events, since));
    const oldest = events.at(-1);
    // a page may be short and yet not the last one
    const isLast = !/rel="?next"?/.test(answer.headers.get('link') ?? '');
    if (oldest === undefined || timeOf(oldest) < since || isLast) break;
  }
  return found.reverse();
}

function refEventsSince(events: readonly JsonObject[], since: number): readonly RefEvent[] {
  return events.flatMap((event) => toRefEvent(event) ?? []).filter(({ at }) => at >= since);
}
