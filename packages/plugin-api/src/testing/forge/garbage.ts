import { pseudoRandom } from './deliveries.js';
import type { RecordedDelivery } from './forge-samples.js';

const deep = 100_000;

type NamedBody = readonly [name: string, body: Uint8Array];

/** Some are large, and all deliveries are tried with them: made once, when they are first needed. */
let ofEveryDelivery: readonly NamedBody[] | undefined;

/** Bodies that no forge sends, by what is wrong with them. */
export function garbageBodies(recorded: RecordedDelivery): readonly NamedBody[] {
  const body = Buffer.from(recorded.body as string);
  return [
    ...(ofEveryDelivery ??= constantBodies()),
    ['half of JSON', body.subarray(0, body.length / 2)],
    ['one byte that is no UTF-8', notUtf8(body)],
  ];
}

function constantBodies(): readonly NamedBody[] {
  const texts: readonly (readonly [string, string])[] = [
    ['empty', ''],
    ['no JSON', 'ref=refs/heads/main'],
    ['a list', '[]'],
    ['a text', '"text"'],
    ['a number', '7'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['deeply nested lists', '['.repeat(deep) + ']'.repeat(deep)],
    ['deeply nested objects', `${'{"repository":'.repeat(deep)}1${'}'.repeat(deep)}`],
    ['nesting that never ends', '{"repository":'.repeat(deep)],
    ['members of the prototype', '{"__proto__":{"repository":{}},"constructor":{"prototype":{"repository":{}}}}'],
    ['a list of members', '{"repository":[[]],"ref":[],"object_attributes":[],"pull_request":[],"project":[]}'],
  ];
  return [
    ...texts.map(([name, text]): NamedBody => [name, Buffer.from(text)]),
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x7b])],
  ];
}

/** The body with one byte within its first text that makes it invalid UTF-8, and valid JSON otherwise. */
function notUtf8(body: Uint8Array): Uint8Array {
  const quote = body.indexOf(0x22);
  return Buffer.concat([body.subarray(0, quote + 1), Buffer.from([0xff]), body.subarray(quote + 1)]);
}

const alphabet = ['0', 'f', 'Z', '=', ',', ' ', '-', '"', '{', '\\', '%', 'é', '\u0000', '\n', '\uffff', '🙂'];

/** Header values that no forge sends. */
export function junkValues(count: number): readonly string[] {
  const random = pseudoRandom(count);
  const next = (below: number) => random.next().value % below;
  const values = Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(100) }, () => alphabet[next(alphabet.length)]).join(''),
  );
  return [' ', 'sha256=', 'sha256', 'sha1=', '=', ',', 'v1,', 'a'.repeat(100_000), 'z'.repeat(64), ...values];
}
