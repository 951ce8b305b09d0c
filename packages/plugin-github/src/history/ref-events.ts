import type { JsonObject } from '@danube/plugin-api/toolkit';

/** What happened to a branch or tag, as the events of a repository tell it. */
export interface RefEvent {
  readonly kind: 'push' | 'create' | 'delete';
  /** Full. */
  readonly ref: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: string;
  /** Of a push only, as the next two are. */
  readonly commit: string | undefined;
  readonly before: string | undefined;
  readonly message: string;
}

const prefixes = new Map([
  ['branch', 'refs/heads/'],
  ['tag', 'refs/tags/'],
]);

/** Undefined for events about anything else. */
export function toRefEvent(event: JsonObject): RefEvent | undefined {
  switch (event.text('type')) {
    case 'PushEvent':
      return pushed(event);
    case 'CreateEvent':
      return named(event, 'create');
    case 'DeleteEvent':
      return named(event, 'delete');
    default:
      return undefined;
  }
}

function pushed(event: JsonObject): RefEvent {
  const payload = event.object('payload');
  const commit = payload.optionalCommit('head');
  // servers of GitHub Enterprise still list the commits; github.com does not
  const head = payload.optionalList('commits')?.find((listed) => listed.optionalText('sha') === commit);
  return {
    ...common(event),
    // a push that leaves nothing is a deletion
    kind: commit === undefined ? 'delete' : 'push',
    ref: payload.fullRef('ref'),
    commit,
    before: payload.optionalCommit('before'),
    message: head?.optionalText('message') ?? '',
  };
}

/** These name no commit; one about the repository itself names no ref. */
function named(event: JsonObject, kind: 'create' | 'delete'): RefEvent | undefined {
  const payload = event.object('payload');
  const prefix = prefixes.get(payload.text('ref_type'));
  if (prefix === undefined) return undefined;
  return {
    ...common(event),
    kind,
    ref: `${prefix}${payload.text('ref')}`,
    commit: undefined,
    before: undefined,
    message: '',
  };
}

function common(event: JsonObject): Pick<RefEvent, 'at' | 'actor'> {
  return { at: timeOf(event), actor: event.optionalObject('actor')?.optionalText('login') ?? '' };
}

export function timeOf(event: JsonObject): number {
  return Date.parse(event.text('created_at'));
}
