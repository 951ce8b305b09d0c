import type { Ignored, PushEvent } from '@danube/plugin-api';
import { ignored, isBranchOrTag, isZeroCommit, type JsonObject } from '@danube/plugin-api/toolkit';
import { repositoryOf } from './identify-repository.js';

/** A push of one branch or tag: there is a webhook for each. */
export function parsePush(body: JsonObject): PushEvent | Ignored {
  const ref = body.fullRef('ref');
  if (!isBranchOrTag(ref)) return ignored(`${ref} is neither a branch nor a tag`);
  const after = body.text('after');
  // the button "Test delivery" sends the newest commit as if it had replaced itself
  if (body.optionalText('before') === after) return ignored('a test delivery: nothing was pushed');
  if (isZeroCommit(after)) return ignored(`${ref} was deleted`);
  const head = body.optionalObject('head_commit');
  return {
    kind: 'push',
    repository: repositoryOf(body.object('repository')),
    ref,
    commit: commitOf(body, head, ref),
    before: body.optionalCommit('before'),
    message: messageOf(body, head, after),
    actor: body.optionalObject('pusher')?.optionalText('login') ?? '',
  };
}

/** `after` of an annotated tag is the tag itself; its commit stands in `head_commit`. */
function commitOf(body: JsonObject, head: JsonObject | undefined, ref: string): string {
  return ref.startsWith('refs/tags/') && head !== undefined ? head.commit('id') : body.commit('after');
}

/** Versions before 1.17 send no `head_commit`, but the commit itself in `commits`, newest first. */
function messageOf(body: JsonObject, head: JsonObject | undefined, after: string): string {
  const newest = head ?? body.optionalList('commits')?.find((commit) => commit.optionalText('id') === after);
  return newest?.optionalText('message') ?? '';
}
