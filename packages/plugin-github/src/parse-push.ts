import type { Ignored, PushEvent } from '@danube/plugin-api';
import { ignored, isBranchOrTag, isZeroCommit, type JsonObject } from '@danube/plugin-api/toolkit';
import { repositoryOf } from './identify-repository.js';

/** A push of one branch or tag: there is an event for each. */
export function parsePush(body: JsonObject): PushEvent | Ignored {
  const ref = body.fullRef('ref');
  if (!isBranchOrTag(ref)) return ignored(`${ref} is neither a branch nor a tag`);
  if (body.optionalBoolean('deleted') === true || isZeroCommit(body.text('after'))) {
    return ignored(`${ref} was deleted`);
  }
  const head = body.optionalObject('head_commit');
  const isTag = ref.startsWith('refs/tags/');
  if (isTag && head === undefined) return ignored(`${ref} points at no commit`);
  return {
    kind: 'push',
    repository: repositoryOf(body.object('repository')),
    ref,
    // `after` of an annotated tag is the tag itself; its commit stands in `head_commit`
    commit: isTag && head !== undefined ? head.commit('id') : body.commit('after'),
    before: body.optionalCommit('before'),
    message: head?.optionalText('message') ?? '',
    actor: body.optionalObject('sender')?.optionalText('login') ?? '',
  };
}
