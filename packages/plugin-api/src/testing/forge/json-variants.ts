import { isFullRef } from '../../toolkit/git-names.js';
import type { RecordedDelivery } from './forge-samples.js';

/** A body in which one member is something else. */
export interface JsonVariant {
  /** For example `pull_request.head.sha = null`. */
  readonly name: string;
  readonly body: string;
}

// -1 is no id that a recording may hold elsewhere
const replacements = [undefined, null, -1, [], ''] as const;
/** What Git also pushes, beside branches and tags. */
const neitherBranchNorTag = 'refs/notes/commits';
const itemsOfList = 2;

/** Every member of a JSON body once missing and once as something else; nothing for bodies that are no JSON. */
export function* jsonVariants({ body }: RecordedDelivery): Generator<JsonVariant> {
  const document = parsed(Buffer.from(body as string).toString());
  for (const [path, holder, key] of membersOf(document, '')) {
    const original = holder[key];
    const ref = typeof original === 'string' && isFullRef(original) ? [neitherBranchNorTag] : [];
    for (const replacement of [...replacements, ...ref]) {
      holder[key] = replacement;
      yield { name: `${path} = ${JSON.stringify(replacement)}`, body: JSON.stringify(document) };
    }
    holder[key] = original;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Holder = Record<string, unknown>;

function* membersOf(value: unknown, at: string): Generator<readonly [string, Holder, string]> {
  if (typeof value !== 'object' || value === null) return;
  const keys = Object.keys(value);
  for (const key of Array.isArray(value) ? keys.slice(0, itemsOfList) : keys) {
    const path = at === '' ? key : `${at}.${key}`;
    yield [path, value as Holder, key];
    yield* membersOf((value as Holder)[key], path);
  }
}
