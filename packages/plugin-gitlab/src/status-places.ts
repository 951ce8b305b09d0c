import type { CommitRef } from '@danube/plugin-api';
import { urlPath, type ForgeApi } from '@danube/plugin-api/toolkit';

/** Which of a commit's pipelines a status is set in. GitLab takes the newest where neither is said. */
export interface StatusPlace {
  /** Short name of a branch or tag. */
  readonly ref?: string | undefined;
  readonly pipeline_id?: number | undefined;
}

/**
 * Where a status begins. Without a ref GitLab takes the first branch by name that holds the commit, perhaps not the one that
 * a merge request is about, and refuses a commit that only a tag holds. Merge requests have their own refs, in whose
 * pipelines GitLab looks for its own jobs only.
 */
export function placeOf({ ref }: CommitRef): StatusPlace {
  const [, name] = /^refs\/(?:heads|tags)\/(.+)$/.exec(ref ?? '') ?? [];
  return { ref: name };
}

/**
 * Where a status was begun and has not ended. The newest pipeline of a commit may be another one than at the beginning; the
 * end would be told there, and what was begun would stay for ever.
 */
export async function unfinishedPlaces(
  api: ForgeApi,
  project: string,
  commit: CommitRef,
  name: string,
  signal: AbortSignal,
): Promise<readonly StatusPlace[]> {
  const query = new URLSearchParams({ name, per_page: '100' }).toString();
  const path = `${project}${urlPath`/repository/commits/${commit.sha}/statuses`}?${query}`;
  const statuses = (await api.call({ method: 'GET', path }, signal)).list();
  return statuses
    .filter((status) => ['pending', 'running'].includes(status.text('status')) && status.text('name') === name)
    .map((status) => ({ ref: status.optionalText('ref'), pipeline_id: status.optionalInteger('pipeline_id') }));
}
