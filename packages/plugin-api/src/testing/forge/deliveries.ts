import type { WebhookDelivery } from '../../forge.js';
import type { RecordedDelivery } from './forge-samples.js';

/** The delivery as the host hands it over, with headers that nobody can change. */
export function deliveryOf(
  recorded: RecordedDelivery,
  changes: { readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array | string } = {},
): WebhookDelivery {
  const { headers = recorded.headers, body = recorded.body } = changes;
  return Object.freeze({
    headers: Object.freeze({ ...headers }),
    body: typeof body === 'string' ? new Uint8Array(Buffer.from(body)) : new Uint8Array(body),
  });
}

/** The headers with the named ones replaced by what `change` makes of them; undefined drops one. */
export function withHeaders(
  recorded: RecordedDelivery,
  names: readonly string[],
  change: (value: string) => string | undefined,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(recorded.headers)) {
    const changed = names.includes(name) ? change(value) : value;
    if (changed !== undefined) headers[name] = changed;
  }
  return headers;
}

/** Numbers that look random and are the same in each run. */
export function* pseudoRandom(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}
