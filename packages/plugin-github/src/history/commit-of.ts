import type { RefEvent } from './ref-events.js';

/** Which commit an event put its ref at. `unknown`: nobody can tell any more, or another event tells the same. */
export type CommitOf =
  | { readonly kind: 'known'; readonly commit: string }
  | { readonly kind: 'where it is now' }
  | { readonly kind: 'unknown' };

/**
 * Events about new refs name no commit: it is what the next push replaced or, where nothing came after, what the ref points
 * at now. The same goes for pushes of tags, whose commit may be an annotated tag.
 */
export function commitOf(event: RefEvent, later: readonly RefEvent[]): CommitOf {
  const isTag = event.ref.startsWith('refs/tags/');
  if (event.kind === 'push' && !isTag) return known(event.commit);
  if (event.kind === 'delete') return { kind: 'unknown' };
  const next = later.find(({ ref }) => ref === event.ref);
  if (next === undefined) return { kind: 'where it is now' };
  return known(isTag ? undefined : next.before);
}

function known(commit: string | undefined): CommitOf {
  return commit === undefined ? { kind: 'unknown' } : { kind: 'known', commit };
}
