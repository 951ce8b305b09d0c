import type { Ignored, PushEvent } from '@danube/plugin-api';
import { ignored, isBranchOrTag, isZeroCommit, type JsonObject } from '@danube/plugin-api/toolkit';
import { repositoryOf } from './identify-repository.js';

/** A push of one branch or tag: GitLab sends a webhook for each. */
export function parsePush(body: JsonObject): PushEvent | Ignored {
  const ref = body.fullRef('ref');
  if (!isBranchOrTag(ref)) return ignored(`${ref} is neither a branch nor a tag`);
  if (isZeroCommit(body.text('after'))) return ignored(`${ref} was deleted`);
  const commit = commitOf(body, ref);
  if (commit === undefined) return ignored(`${ref} points at no commit`);
  if (body.optionalObject('push_options')?.optionalObject('ci')?.optionalBoolean('skip') === true) {
    return ignored(`${ref} was pushed with -o ci.skip`);
  }
  return {
    kind: 'push',
    repository: repositoryOf(body.object('project')),
    ref,
    commit,
    before: body.optionalCommit('before'),
    message: messageOf(body, commit),
    actor: body.optionalText('user_username') ?? '',
  };
}

/** `after` of an annotated tag is the tag itself; `checkout_sha` is its commit, and null for a tag of something else. */
function commitOf(body: JsonObject, ref: string): string | undefined {
  const commit = body.optionalCommit('checkout_sha');
  return ref.startsWith('refs/tags/') ? commit : (commit ?? body.commit('after'));
}

/** Empty for a new branch without commits of its own: GitLab lists none then. */
function messageOf(body: JsonObject, commit: string): string {
  const commits = body.optionalList('commits') ?? [];
  return commits.find((each) => each.optionalText('id') === commit)?.optionalText('message') ?? '';
}
